//! REST tokens: signed seldom, never stale, whatever the threads and the clocks do.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, Condvar, Mutex};
use std::time::{Duration, SystemTime};

use vonage_video_auth::{
    AsyncSigner, Credentials, RestTokens, SignFuture, SignerError, TokenError,
};

use crate::common::*;

#[test]
fn headers_are_those_of_the_environment() {
    let token = opentok().rest_token(now()).unwrap();
    assert_eq!(token.header_name(), "x-opentok-auth");
    assert_eq!(token.header_value(), token.token());
    let token = vonage().rest_token(now()).unwrap();
    assert_eq!(token.header_name(), "authorization");
    assert_eq!(token.header_value(), format!("Bearer {}", token.token()));
}

#[test]
fn opentok_tokens_stay_inside_five_minutes_with_any_leeway() {
    for leeway in [0, 30, 119, 120, 300, u64::MAX] {
        let tokens = RestTokens::with_leeway(opentok(), Duration::from_secs(leeway));
        let token = tokens.authorization(now()).unwrap();
        let claims = claims(token.token());
        let (issued, expires) = (
            claims["iat"].as_i64().unwrap(),
            claims["exp"].as_i64().unwrap(),
        );
        assert!(expires - issued <= 300, "{leeway}");
        assert_eq!(issued, NOW - i64::try_from(leeway.min(120)).unwrap());
        assert!(expires >= NOW + 180);
        opentok()
            .verifier()
            .unwrap()
            .verify_rest_token(token.token(), now())
            .unwrap();
    }
}

#[test]
fn account_credentials_say_so() {
    let token = Credentials::opentok_account(API_KEY, API_SECRET)
        .unwrap()
        .rest_token(now())
        .unwrap();
    assert_eq!(claims(token.token())["ist"], "account");
    assert!(
        opentok()
            .verifier()
            .unwrap()
            .verify_rest_token(token.token(), now())
            .unwrap()
            .account
    );
}

#[test]
fn a_server_that_is_behind_by_less_than_the_leeway_takes_the_token() {
    for credentials in [opentok(), vonage()] {
        let verifier = credentials.verifier().unwrap();
        let token = credentials.rest_token(now()).unwrap();
        verifier
            .verify_rest_token(token.token(), after(-30))
            .unwrap();
        assert!(
            verifier
                .verify_rest_token(token.token(), after(-31))
                .is_err()
        );
    }
}

#[test]
fn a_token_is_kept_for_four_fifths_of_its_life() {
    for (credentials, ahead) in [(opentok(), 270), (vonage(), 870)] {
        let tokens = RestTokens::new(credentials);
        let first = tokens.authorization(now()).unwrap();
        let renewal = ahead * 4 / 5;
        assert_eq!(
            tokens.authorization(after(renewal - 1)).unwrap().token(),
            first.token()
        );
        let second = tokens.authorization(after(renewal)).unwrap();
        assert_ne!(second.token(), first.token());
        assert_eq!(second.issued_at(), after(renewal - 30));
    }
}

#[test]
fn a_clock_that_jumps_gets_a_token_that_fits_it() {
    let tokens = RestTokens::new(opentok());
    let verifier = opentok().verifier().unwrap();
    for jump in [0, 10_000, -10_000, 5, -40, 1_000_000, -1_000_000] {
        let token = tokens.authorization(after(jump)).unwrap();
        verifier
            .verify_rest_token(token.token(), after(jump))
            .unwrap_or_else(|error| panic!("{jump}: {error}"));
    }
}

#[test]
fn a_measured_skew_is_corrected() {
    let tokens = RestTokens::new(vonage());
    let verifier = vonage().verifier().unwrap();
    for skew in [180, -180, 3_600] {
        tokens.correct_skew(now(), after(skew));
        assert_eq!(tokens.skew_seconds(), skew);
        let token = tokens.authorization(now()).unwrap();
        verifier
            .verify_rest_token(token.token(), after(skew))
            .unwrap_or_else(|error| panic!("{skew}: {error}"));
    }
    // A second more or less is how far a Date header is off; it must not throw the token away.
    let token = tokens.authorization(now()).unwrap();
    tokens.correct_skew(now(), after(3_601));
    assert_eq!(tokens.authorization(now()).unwrap().token(), token.token());
}

#[test]
fn a_refused_token_is_forgotten_and_a_newer_one_is_not() {
    let tokens = RestTokens::new(vonage());
    let first = tokens.authorization(now()).unwrap();
    tokens.invalidate(&first);
    let second = tokens.authorization(now()).unwrap();
    assert_ne!(second.token(), first.token());
    // Another caller whose request had the first one comes late.
    tokens.invalidate(&first);
    assert_eq!(tokens.authorization(now()).unwrap().token(), second.token());
}

/// A signer that counts, and that can be made to wait in the middle of a signature.
#[derive(Default)]
struct Gate {
    signatures: AtomicUsize,
    state: Mutex<(bool, usize)>,
    changed: Condvar,
}

impl Gate {
    fn sign(&self) -> Result<Vec<u8>, SignerError> {
        self.signatures.fetch_add(1, Ordering::SeqCst);
        let mut state = self.state.lock().unwrap();
        state.1 += 1;
        self.changed.notify_all();
        let _open = self.changed.wait_while(state, |state| !state.0).unwrap();
        Ok(vec![self.signatures.load(Ordering::SeqCst) as u8; 256])
    }

    fn set_open(&self, open: bool) {
        self.state.lock().unwrap().0 = open;
        self.changed.notify_all();
    }

    fn wait_for_signers(&self, count: usize) {
        let state = self.state.lock().unwrap();
        drop(
            self.changed
                .wait_while(state, |state| state.1 < count)
                .unwrap(),
        );
    }
}

fn gated() -> (Arc<Gate>, RestTokens) {
    let gate = Arc::new(Gate::default());
    let signer = Arc::clone(&gate);
    let credentials = Credentials::with_signer(APPLICATION, move |_: &[u8]| signer.sign()).unwrap();
    (gate, RestTokens::new(credentials))
}

fn from_many_threads(tokens: &RestTokens, time: SystemTime) -> Vec<String> {
    let barrier = Barrier::new(64);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..64)
            .map(|_| {
                scope.spawn(|| {
                    barrier.wait();
                    tokens.authorization(time).unwrap().token().to_owned()
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    })
}

#[test]
fn many_threads_that_need_a_token_at_once_sign_one() {
    let (gate, tokens) = gated();
    gate.set_open(true);
    for round in 1..=5_i64 {
        let all = from_many_threads(&tokens, after(round * 10_000));
        assert!(all.iter().all(|token| *token == all[0]));
        assert_eq!(
            gate.signatures.load(Ordering::SeqCst),
            usize::try_from(round).unwrap()
        );
    }
}

#[test]
fn while_one_thread_renews_the_others_have_the_old_token() {
    let (gate, tokens) = gated();
    gate.set_open(true);
    let old = tokens.authorization(now()).unwrap();
    gate.set_open(false);
    let due = after(800);
    std::thread::scope(|scope| {
        let renewing = scope.spawn(|| tokens.authorization(due).unwrap());
        gate.wait_for_signers(2);
        // The signer hangs, and nobody waits for it.
        for _ in 0..100 {
            assert_eq!(tokens.authorization(due).unwrap().token(), old.token());
        }
        gate.set_open(true);
        assert_ne!(renewing.join().unwrap().token(), old.token());
    });
    assert_eq!(gate.signatures.load(Ordering::SeqCst), 2);
    assert_ne!(tokens.authorization(due).unwrap().token(), old.token());
}

#[test]
fn a_token_signed_before_a_correction_is_not_kept_after_it() {
    let (gate, tokens) = gated();
    std::thread::scope(|scope| {
        let signing = scope.spawn(|| tokens.authorization(now()).unwrap());
        gate.wait_for_signers(1);
        tokens.correct_skew(now(), after(600));
        gate.set_open(true);
        signing.join().unwrap();
    });
    let token = tokens.authorization(now()).unwrap();
    assert_eq!(token.issued_at(), after(570));
    assert_eq!(gate.signatures.load(Ordering::SeqCst), 2);
}

#[test]
fn a_failed_signature_is_not_remembered() {
    let fail = Arc::new(AtomicUsize::new(1));
    let failing = Arc::clone(&fail);
    let credentials = Credentials::with_signer(APPLICATION, move |_: &[u8]| {
        match failing.swap(0, Ordering::SeqCst) {
            0 => Ok(vec![0; 256]),
            _ => Err(SignerError::from("not now")),
        }
    });
    let tokens = RestTokens::new(credentials.unwrap());
    assert!(matches!(
        tokens.authorization(now()),
        Err(TokenError::Signer(_))
    ));
    assert!(tokens.authorization(now()).is_ok());
}

#[test]
fn a_signer_that_panics_does_not_lock_everybody_out() {
    let first = AtomicUsize::new(1);
    let credentials = Credentials::with_signer(APPLICATION, move |_: &[u8]| {
        assert_eq!(first.swap(0, Ordering::SeqCst), 0, "the first call panics");
        Ok(vec![0; 256])
    });
    let tokens = RestTokens::new(credentials.unwrap());
    let other = tokens.clone();
    assert!(
        std::thread::spawn(move || other.authorization(after(0)).map(drop))
            .join()
            .is_err()
    );
    assert!(tokens.authorization(now()).is_ok());
}

/// Stays pending until it is opened, and counts.
#[derive(Default)]
struct AsyncGate {
    signatures: AtomicUsize,
    open: std::sync::atomic::AtomicBool,
}

struct Remote(Arc<AsyncGate>);

impl AsyncSigner for Remote {
    fn sign<'a>(&'a self, _: &'a [u8]) -> SignFuture<'a> {
        let number = self.0.signatures.fetch_add(1, Ordering::SeqCst) + 1;
        Box::pin(std::future::poll_fn(move |_| {
            if self.0.open.load(Ordering::SeqCst) {
                return std::task::Poll::Ready(Ok(vec![number as u8; 256]));
            }
            std::task::Poll::Pending
        }))
    }
}

fn async_gated() -> (Arc<AsyncGate>, RestTokens) {
    let gate = Arc::new(AsyncGate::default());
    let credentials =
        Credentials::with_async_signer(APPLICATION, Remote(Arc::clone(&gate))).unwrap();
    (gate, RestTokens::new(credentials))
}

struct CountingWaker(AtomicUsize);

impl std::task::Wake for CountingWaker {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

fn poll<F: Future>(
    waker: &Arc<CountingWaker>,
    task: &mut std::pin::Pin<Box<F>>,
) -> std::task::Poll<F::Output> {
    let waker = Arc::clone(waker).into();
    task.as_mut()
        .poll(&mut std::task::Context::from_waker(&waker))
}

#[test]
fn many_tasks_that_need_a_token_at_once_sign_one() {
    let (gate, tokens) = async_gated();
    assert!(matches!(
        tokens.authorization(now()),
        Err(TokenError::NeedsAsync)
    ));
    let mut tasks: Vec<_> = (0..64)
        .map(|_| Box::pin(tokens.authorization_async(now())))
        .collect();
    let wakers: Vec<_> = (0..64)
        .map(|_| Arc::new(CountingWaker(AtomicUsize::new(0))))
        .collect();
    for (index, task) in tasks.iter_mut().enumerate() {
        assert!(poll(&wakers[index], task).is_pending());
    }
    gate.open.store(true, Ordering::SeqCst);
    let mut tokens = Vec::new();
    for (index, task) in tasks.iter_mut().enumerate() {
        match poll(&wakers[index], task) {
            std::task::Poll::Ready(token) => tokens.push(token.unwrap().token().to_owned()),
            std::task::Poll::Pending => panic!("task {index} still waits"),
        }
    }
    assert!(tokens.iter().all(|token| *token == tokens[0]));
    assert_eq!(gate.signatures.load(Ordering::SeqCst), 1);
    // Each that waited for the first was woken.
    assert!(
        wakers[1..]
            .iter()
            .all(|waker| waker.0.load(Ordering::SeqCst) > 0)
    );
}

#[test]
fn when_the_task_that_signs_is_dropped_the_next_takes_over() {
    let (gate, tokens) = async_gated();
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let mut first = Box::pin(tokens.authorization_async(now()));
    let mut second = Box::pin(tokens.authorization_async(now()));
    assert!(first.as_mut().poll(&mut context).is_pending());
    assert!(second.as_mut().poll(&mut context).is_pending());
    drop(first);
    gate.open.store(true, Ordering::SeqCst);
    assert!(second.as_mut().poll(&mut context).is_ready());
    assert_eq!(gate.signatures.load(Ordering::SeqCst), 2);
}

#[test]
fn while_one_task_renews_the_others_have_the_old_token() {
    let (gate, tokens) = async_gated();
    gate.open.store(true, Ordering::SeqCst);
    let old = block_on(tokens.authorization_async(now())).unwrap();
    gate.open.store(false, Ordering::SeqCst);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let mut renewing = Box::pin(tokens.authorization_async(after(800)));
    assert!(renewing.as_mut().poll(&mut context).is_pending());
    assert_eq!(
        block_on(tokens.authorization_async(after(800)))
            .unwrap()
            .token(),
        old.token()
    );
    gate.open.store(true, Ordering::SeqCst);
    assert_ne!(block_on(renewing).unwrap().token(), old.token());
    // With a key at hand there is nothing to wait for.
    block_on(RestTokens::new(opentok()).authorization_async(now())).unwrap();
}
