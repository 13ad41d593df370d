//! All pages of a list, as one stream of items.

use std::{
    collections::{HashSet, VecDeque},
    fmt,
    future::{Future, IntoFuture, poll_fn},
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use futures_core::Stream;
use http::StatusCode;
use tokio::{runtime::Handle, task::JoinHandle};
use tracing::Instrument;
use vonage_video_core::{DecodeError, Error, Page, Paged};

use crate::{call::CallFuture, client::Client};

const PAGE_SIZE: u32 = 100;

/// The largest page that the service returns.
const LARGEST_PAGE: u32 = 1000;

/// Windows in a row without a new item after which a list is given up.
const MOST_STALLS: u32 = 3;

impl Client {
    /// Lists everything, page by page, as items are asked for.
    ///
    /// While the items of one page are read, the next page is fetched by a task of its own; see
    /// [`Pages::prefetch`]. The first page is fetched when the first item is asked for.
    ///
    /// The operation's `count` is the size of a page, 100 unless set, and its `offset` where to
    /// begin. Each item is returned once, and every item that exists throughout is returned, even
    /// if others are added or vanish in the meantime.
    ///
    /// # Errors
    ///
    /// Reading a page fails as [`send`](Self::send) does. A server whose pages stop bringing new
    /// items before the count it states is reached is an error of kind
    /// [`Decode`](vonage_video_core::ErrorKind::Decode) after three such pages.
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
    #[doc(alias("paginate", "iterate", "listAll"))]
    pub fn pages<O: Paged>(&self, operation: O) -> Pages<O> {
        let (offset, count) = operation.bounds();
        Pages {
            client: self.clone(),
            operation,
            page_size: count.unwrap_or(PAGE_SIZE).clamp(1, LARGEST_PAGE),
            first: offset.unwrap_or(0),
            window: None,
            pending: None,
            prefetch: true,
            ahead: None,
            seen: HashSet::new(),
            last_key: None,
            first_total: None,
            stalled: 0,
            probing: false,
            items: VecDeque::new(),
            ended: false,
        }
    }
}

/// All items of a list: a [`Stream`] that ends after an error. Dropping it stops reading. From
/// [`Client::pages`].
///
/// A page is a window on a list that changes, the newest items first. What is added shifts the rest
/// into the next window, where it is known already; what vanishes would shift something out of
/// sight. So each window begins with the last item of the one before it, and when that is missing,
/// the window before is read again.
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
    prefetch: bool,
    /// The next window, while the items of the one before are read.
    ahead: Option<Ahead<O::Item>>,
    seen: HashSet<String>,
    /// The last item of the window read before.
    last_key: Option<String>,
    /// What the first window said there are in all.
    first_total: Option<u64>,
    /// Windows in a row that brought nothing new.
    stalled: u32,
    /// Whether the window asked for is behind what seems to be the end.
    probing: bool,
    items: VecDeque<O::Item>,
    ended: bool,
}

/// A task that fetches a window. It ends when nobody wants the window any more.
struct Ahead<T>(JoinHandle<Result<Page<T>, Error>>);

impl<T> Drop for Ahead<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

#[derive(Clone, Copy)]
struct Window {
    offset: u32,
    count: u32,
}

// Nothing in it is pinned but a boxed future.
impl<O: Paged> Unpin for Pages<O> {}

impl<O: Paged> Pages<O> {
    /// Sets how many items are read at once, from 1 to 1000; other values become the nearest of
    /// these.
    pub fn page_size(mut self, items: u32) -> Self {
        self.page_size = items.clamp(1, LARGEST_PAGE);
        self
    }

    /// Sets whether the next page is fetched while the items of the current one are read: true
    /// unless set. At most one page is fetched ahead, and the items and their order are the same
    /// either way.
    ///
    /// A page that was fetched ahead shows the list as it was then. One that could not be fetched
    /// is fetched again when its items are asked for, if that may help.
    ///
    /// ```no_run
    /// # use vonage_video_core::operations::ListArchives;
    /// # async fn run(video: vonage_video_http::Client) -> Result<(), vonage_video_core::Error> {
    /// // Only the first archives are of interest, so the second page need not be fetched.
    /// let mut archives = video.pages(ListArchives::new()).prefetch(false);
    /// let newest = archives.next().await.transpose()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn prefetch(mut self, prefetch: bool) -> Self {
        self.prefetch = prefetch;
        self
    }

    /// The next item, or `None` after the last.
    ///
    /// # Errors
    ///
    /// A page could not be read. Nothing follows an error.
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
            let window = self.next_window();
            let outcome = ready!(self.poll_window(window, cx));
            if let Err(error) = outcome.and_then(|page| self.take(window, page)) {
                self.ended = true;
                return Poll::Ready(Some(Err(error)));
            }
            // Without items there is nothing to read meanwhile.
            if self.prefetch && !self.ended && !self.items.is_empty() {
                self.fetch_ahead();
            }
        }
    }

    /// The window that is needed when the items are used up.
    fn next_window(&mut self) -> Window {
        *self.window.get_or_insert(Window {
            offset: self.first,
            count: self.page_size,
        })
    }

    fn poll_window(
        &mut self,
        window: Window,
        cx: &mut Context<'_>,
    ) -> Poll<Result<Page<O::Item>, Error>> {
        if let Some(ahead) = &mut self.ahead {
            let outcome = ready!(Pin::new(&mut ahead.0).poll(cx));
            self.ahead = None;
            match outcome {
                // It may have failed long ago, and is worth a call with time of its own.
                Err(_) => {}
                Ok(Err(error)) if error.is_retryable() => {}
                Ok(outcome) => return Poll::Ready(outcome),
            }
        }
        let pending = self
            .pending
            .get_or_insert_with(|| call(&self.client, &self.operation, window));
        let outcome = ready!(pending.as_mut().poll(cx));
        self.pending = None;
        Poll::Ready(outcome)
    }

    /// Asks for the next window, by a task that a slow reader does not hold up: otherwise its
    /// connection would be missing elsewhere, and its call would run out of time.
    fn fetch_ahead(&mut self) {
        let window = self.next_window();
        if let Ok(runtime) = Handle::try_current() {
            let call = call(&self.client, &self.operation, window).in_current_span();
            self.ahead = Some(Ahead(runtime.spawn(call)));
        }
    }

    /// Keeps what is new in a page, and decides which window is next.
    ///
    /// # Errors
    ///
    /// The server makes no progress, so that reading on would never end.
    fn take(&mut self, window: Window, page: Page<O::Item>) -> Result<(), Error> {
        let read = u32::try_from(page.items.len()).unwrap_or(u32::MAX);
        let next = window.offset.saturating_add(read);
        let first_key = page.items.first().map(|item| O::key(item).to_owned());
        let joins = window.offset <= self.first
            || first_key
                .as_ref()
                .is_some_and(|key| self.seen.contains(key));
        let probed = std::mem::take(&mut self.probing);
        if !joins && !probed {
            // Items have vanished, enough to put the last known one before this window, or the
            // window before was not where it should have been. What is here is kept once it is
            // reached from there: kept now, it would hide what is between.
            self.window = Some(self.window_before(window));
            return Ok(());
        }
        let joins_exactly = window.offset <= self.first || first_key == self.last_key;
        self.last_key = page.items.last().map(|item| O::key(item).to_owned());
        let known = self.seen.len();
        for item in page.items {
            if self.seen.insert(O::key(&item).to_owned()) {
                self.items.push_back(item);
            }
        }
        if probed && read == 0 {
            self.ended = true;
            return Ok(());
        }
        if !joins {
            self.window = Some(self.window_before(window));
            return Ok(());
        }
        let nothing_new = self.seen.len() == known;
        // What is added while the list is read raises the total, and need not be read.
        let total = page.count.min(*self.first_total.get_or_insert(page.count));
        let complete = self.seen.len() as u64 + u64::from(self.first) >= total;
        let reaches_end = u64::from(next) >= page.count;
        let short = read < window.count;
        if !probed && short && nothing_new && joins_exactly && !reaches_end && !complete {
            // The end, by this window, and far from it, by the count: what is behind it tells.
            self.probing = true;
            self.window = Some(Window {
                offset: next,
                ..window
            });
            return Ok(());
        }
        self.ended = if probed {
            false
        } else if short {
            (reaches_end || nothing_new) && (joins_exactly || complete)
        } else {
            nothing_new && reaches_end && complete
        };
        if nothing_new && !self.ended {
            self.stalled += 1;
            if self.stalled >= MOST_STALLS {
                return Err(self.no_progress(window, page.count));
            }
        } else {
            self.stalled = 0;
        }
        self.window = Some(self.window_from(next.saturating_sub(1)));
        Ok(())
    }

    fn no_progress(&self, window: Window, total: u64) -> Error {
        let error = DecodeError::whole(format!(
            "the list makes no progress: {MOST_STALLS} windows in a row had nothing new, the last at \
             offset {} with count {}; {} items were read, and the server says there are {total}",
            window.offset,
            window.count,
            self.seen.len(),
        ));
        Error::decode(error, StatusCode::OK, Bytes::new()).in_operation(O::META.id)
    }

    /// A window that should begin with an item that is known, if this one does not.
    fn window_before(&self, window: Window) -> Window {
        self.window_from(window.offset.saturating_sub(self.page_size))
    }

    /// A window that begins with an item that is known.
    fn window_from(&self, offset: u32) -> Window {
        Window {
            offset: offset.max(self.first),
            count: self.page_size.saturating_add(1).clamp(2, LARGEST_PAGE),
        }
    }
}

fn call<O: Paged>(client: &Client, operation: &O, window: Window) -> CallFuture<Page<O::Item>> {
    let operation = operation.clone().window(window.offset, window.count);
    client.send(operation).into_future()
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
