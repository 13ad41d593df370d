//! All pages of a list.

use std::{
    collections::{HashSet, VecDeque},
    fmt,
    future::{IntoFuture, poll_fn},
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures_core::Stream;
use vonage_video_core::{Error, Page, Paged};

use crate::{call::CallFuture, client::Client};

const PAGE_SIZE: u32 = 100;

/// The most that the service puts on a page.
const LARGEST_PAGE: u32 = 1000;

impl Client {
    /// Lists everything, page after page, as it is asked for.
    ///
    /// The operation's `count` is the size of a page, 100 unless set, and its `offset` where to begin. Each item comes once, and every item that is there
    /// from beginning to end comes, though others are added or vanish meanwhile.
    ///
    /// ```no_run
    /// # use vonage_video_core::operations::ListArchives;
    /// # async fn run(video: vonage_video_http::Client) -> Result<(), vonage_video_core::Error> {
    /// let mut archives = video.pages(ListArchives::new());
    /// while let Some(archive) = archives.next().await {
    ///     println!("{}", archive?.id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn pages<O: Paged>(&self, operation: O) -> Pages<O> {
        let (offset, count) = operation.bounds();
        Pages {
            client: self.clone(),
            operation,
            page_size: count.unwrap_or(PAGE_SIZE).clamp(1, LARGEST_PAGE),
            first: offset.unwrap_or(0),
            window: None,
            pending: None,
            seen: HashSet::new(),
            items: VecDeque::new(),
            ended: false,
        }
    }
}

/// All items of a list: a [`Stream`], which ends after an error. Dropping it stops it. From [`Client::pages`].
///
/// Lists are windows on something that changes, the newest first. What is added shifts the rest into the next window, where it is known already; what
/// vanishes would shift something out of sight. So each window begins with the last item of the one before it, and when that is not there, the one before is
/// read again.
#[must_use = "nothing is read before it is polled"]
pub struct Pages<O: Paged> {
    client: Client,
    operation: O,
    page_size: u32,
    /// Where the list begins.
    first: u32,
    /// The window last read or asked for; `None` before the first.
    window: Option<Window>,
    pending: Option<CallFuture<Page<O::Item>>>,
    seen: HashSet<String>,
    items: VecDeque<O::Item>,
    ended: bool,
}

#[derive(Clone, Copy)]
struct Window {
    offset: u32,
    count: u32,
}

// Nothing in it is pinned but a boxed future.
impl<O: Paged> Unpin for Pages<O> {}

impl<O: Paged> Pages<O> {
    /// How many items to ask for at once: from 1 to 1000. Values beyond are taken as the nearest of these.
    pub fn page_size(mut self, items: u32) -> Self {
        self.page_size = items.clamp(1, LARGEST_PAGE);
        self
    }

    /// The next item, or `None` after the last.
    ///
    /// # Errors
    ///
    /// A page could not be read. It is the last that comes.
    pub async fn next(&mut self) -> Option<Result<O::Item, Error>> {
        poll_fn(|cx| self.poll_item(cx)).await
    }

    /// All the items that are left.
    ///
    /// # Errors
    ///
    /// A page could not be read.
    pub async fn collect(mut self) -> Result<Vec<O::Item>, Error> {
        let mut all = Vec::new();
        while let Some(item) = self.next().await {
            all.push(item?);
        }
        Ok(all)
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<O::Item, Error>>> {
        loop {
            if let Some(item) = self.items.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            if self.ended {
                return Poll::Ready(None);
            }
            let window = self.window.unwrap_or(Window {
                offset: self.first,
                count: self.page_size,
            });
            self.window = Some(window);
            let pending = self.pending.get_or_insert_with(|| {
                let operation = self.operation.clone();
                let call = self
                    .client
                    .send(operation.window(window.offset, window.count));
                call.into_future()
            });
            let outcome = ready!(pending.as_mut().poll(cx));
            self.pending = None;
            match outcome {
                Ok(page) => self.take(window, page),
                Err(error) => {
                    self.ended = true;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }

    /// Keeps what is new of a page, and decides which window is next.
    fn take(&mut self, window: Window, page: Page<O::Item>) {
        let read = u32::try_from(page.items.len()).unwrap_or(u32::MAX);
        let total = page.count;
        let joins = window.offset <= self.first
            || page
                .items
                .first()
                .is_some_and(|item| self.seen.contains(O::key(item)));
        let known = self.seen.len();
        for item in page.items {
            if self.seen.insert(O::key(&item).to_owned()) {
                self.items.push_back(item);
            }
        }
        let next = window.offset.saturating_add(read);
        // A short window is the last, unless the server says that there is more and the window did bring some.
        let short = read < window.count;
        let last = short && (u64::from(next) >= total || self.seen.len() == known);
        if !joins {
            // So many have vanished that the last item known is before this window.
            self.window = Some(self.window_from(window.offset.saturating_sub(self.page_size)));
        } else if last {
            self.ended = true;
        } else {
            self.window = Some(self.window_from(next.saturating_sub(1)));
        }
    }

    /// A window that begins with an item that is known.
    fn window_from(&self, offset: u32) -> Window {
        Window {
            offset: offset.max(self.first),
            count: self.page_size.saturating_add(1).clamp(2, LARGEST_PAGE),
        }
    }
}

impl<O: Paged> Stream for Pages<O> {
    type Item = Result<O::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(cx)
    }
}

impl<O: Paged> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &self.operation)
            .field("page_size", &self.page_size)
            .field("seen", &self.seen.len())
            .finish_non_exhaustive()
    }
}
