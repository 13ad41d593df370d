//! Any operation by its name, with a valid request, ready to be sent.

use vonage_video::{Client, ClientBuilder, Credentials, Error, Operation, Replay};
use vonage_video_core::operations::{Visitor, visit};
use vonage_video_tests::{contract::Contract, dice::Dice};

const KEY: &str =
    include_str!("../../../../crates/vonage-video-auth/tests/fixtures/keys/pkcs8.pem");
const SECRET: &str = "1234567890abcdef1234567890abcdef1234567890";

/// A client for each kind of credentials, one of which every operation takes.
pub(super) struct Clients {
    opentok: Client,
    vonage: Client,
    account: Client,
}

impl Clients {
    pub(super) fn new(url: &str, settings: impl Fn(ClientBuilder) -> ClientBuilder) -> Self {
        let make = |credentials: Credentials| {
            let builder = Client::builder(credentials)
                .base_url(url)
                .variables(|_| None);
            settings(builder).build().unwrap()
        };
        Self {
            opentok: make(Credentials::opentok("123456", SECRET).unwrap()),
            vonage: make(Credentials::vonage("29f760f8-7ce1-46c9-ade3-f2dedee4ed5f", KEY).unwrap()),
            account: make(Credentials::opentok_account("123456", SECRET).unwrap()),
        }
    }

    fn of<O: Operation>(&self) -> &Client {
        if O::META.account {
            return &self.account;
        }
        if O::META.opentok {
            &self.opentok
        } else {
            &self.vonage
        }
    }
}

/// Does something with a valid request of an operation.
pub(super) trait WithRequest {
    type Output;

    fn run<O: Operation>(self, client: &Client, request: O) -> Self::Output;
}

/// Finds a valid request for the operation of this name.
pub(super) fn with_request<W: WithRequest>(
    id: &str,
    contract: &Contract,
    clients: &Clients,
    work: W,
) -> W::Output {
    struct Find<'a, W>(&'a Contract, &'a Clients, W);

    impl<W: WithRequest> Visitor for Find<'_, W> {
        type Output = W::Output;

        fn visit<O: Operation>(self) -> Self::Output {
            let request = (0..400)
                .map(|seed| self.0.request(O::META.id, &mut Dice(seed)))
                .filter_map(|request| serde_json::from_value::<O>(request).ok())
                .find(|request| request.validate().is_ok());
            self.2.run(self.1.of::<O>(), request.expect(O::META.id))
        }
    }

    visit(id, Find(contract, clients, work)).expect(id)
}

/// Sends it, and says how it went.
pub(super) struct Send;

impl WithRequest for Send {
    type Output = std::pin::Pin<Box<dyn Future<Output = Outcome> + std::marker::Send>>;

    fn run<O: Operation>(self, client: &Client, request: O) -> Self::Output {
        let call = client.send(request);
        Box::pin(async move {
            Outcome {
                operation: O::META.id,
                replay: O::META.replay,
                error: call.await.err(),
            }
        })
    }
}

/// Sends it, and blocks the thread meanwhile.
pub(super) struct Block;

impl WithRequest for Block {
    type Output = Outcome;

    fn run<O: Operation>(self, client: &Client, request: O) -> Outcome {
        Outcome {
            operation: O::META.id,
            replay: O::META.replay,
            error: vonage_video::blocking::Client::from(client.clone())
                .send(request)
                .run()
                .err(),
        }
    }
}

pub(super) struct Outcome {
    pub(super) operation: &'static str,
    pub(super) replay: Replay,
    pub(super) error: Option<Error>,
}
