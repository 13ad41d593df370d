//! Lists, item by item.

use std::{fmt, sync::Arc};

use vonage_video_core::{Error, Paged};

use super::thread::Driver;

/// All items of a list, read page by page as they are asked for. An error is the last that comes.
#[must_use = "nothing is read before it is asked for"]
pub struct Pages<O: Paged> {
    /// Away while an item is being read.
    pages: Option<vonage_video_http::Pages<O>>,
    driver: Arc<Driver>,
}

impl<O: Paged> Pages<O> {
    pub(super) fn new(pages: vonage_video_http::Pages<O>, driver: Arc<Driver>) -> Self {
        Self {
            pages: Some(pages),
            driver,
        }
    }

    /// Sets whether the next page is fetched while the current one is read: see
    /// [`crate::Pages::prefetch`].
    pub fn prefetch(mut self, prefetch: bool) -> Self {
        self.pages = self.pages.map(|pages| pages.prefetch(prefetch));
        self
    }
}

impl<O: Paged> Iterator for Pages<O> {
    type Item = Result<O::Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut pages = self.pages.take()?;
        let read = self.driver.run(async move {
            let item = pages.next().await;
            Ok::<_, Error>((pages, item))
        });
        match read {
            Ok((pages, item)) => {
                self.pages = Some(pages);
                item
            }
            Err(error) => Some(Err(error)),
        }
    }
}

impl<O: Paged> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").finish_non_exhaustive()
    }
}
