//! vonage-video-auth, used as its documentation says.

use std::time::SystemTime;

use vonage_video_auth::{AwsLcSigner, Credentials, RestTokens, Role, TokenFormat};

use crate::inputs::*;
use crate::mint::Mint;

fn mint(credentials: Credentials, session: &'static str, format: TokenFormat) -> Mint {
    Box::new(move || {
        let token = credentials
            .token(session)
            .role(Role::Publisher)
            .data(DATA)
            .layout_classes(CLASSES)
            .format(format);
        token.sign().expect("the token is fine").len()
    })
}

fn opentok() -> Credentials {
    Credentials::opentok(API_KEY, API_SECRET).expect("the pair is fine")
}

pub fn t1() -> Mint {
    mint(opentok(), OPENTOK_SESSION, TokenFormat::T1)
}

pub fn hs256() -> Mint {
    mint(opentok(), OPENTOK_SESSION, TokenFormat::Jwt)
}

pub fn rs256() -> Mint {
    let credentials = Credentials::vonage(APPLICATION, PRIVATE_KEY).expect("the pair is fine");
    mint(credentials, VONAGE_SESSION, TokenFormat::Jwt)
}

pub fn rs256_aws_lc() -> Mint {
    let signer = AwsLcSigner::from_pem(PRIVATE_KEY).expect("the fixture is a key");
    let credentials = Credentials::with_signer(APPLICATION, signer).expect("the id is fine");
    mint(credentials, VONAGE_SESSION, TokenFormat::Jwt)
}

pub fn cached() -> Mint {
    let tokens =
        RestTokens::new(Credentials::vonage(APPLICATION, PRIVATE_KEY).expect("the pair is fine"));
    Box::new(move || {
        tokens
            .authorization(SystemTime::now())
            .expect("the key signs")
            .header_value()
            .len()
    })
}
