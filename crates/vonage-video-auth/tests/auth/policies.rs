//! What a policy's author says holds, whatever else is said.

use proptest::prelude::*;
use vonage_video_auth::{
    ClientTokenBuilder, ClientTokenClaims, Credentials, OverLimit, PolicyError, Role, TokenError,
    TokenPolicy,
};

use crate::common::*;

fn signed(
    credentials: &Credentials,
    token: ClientTokenBuilder<'_>,
) -> Result<ClientTokenClaims, PolicyError> {
    match token.sign_at(now()) {
        Ok(token) => Ok(credentials
            .verifier()
            .unwrap()
            .verify_client_token(&token, now())
            .unwrap()),
        Err(TokenError::Policy(error)) => Err(error),
        Err(other) => panic!("{other}"),
    }
}

fn ttl_of(claims: &ClientTokenClaims) -> u64 {
    claims
        .expires_at
        .unwrap()
        .duration_since(now())
        .unwrap()
        .as_secs()
}

#[test]
fn roles_over_the_highest_are_refused_or_clamped() {
    let credentials = opentok();
    let refuse = TokenPolicy::new().highest_role(Role::Publisher);
    let clamp = refuse.clone().over_limit(OverLimit::Clamp);
    let with = |role: &str, policy| {
        signed(
            &credentials,
            credentials
                .token(OPENTOK_SESSION)
                .role(Role::from_wire(role))
                .policy(policy),
        )
        .map(|claims| claims.role)
    };

    assert_eq!(with("subscriber", &refuse), Ok(Role::Subscriber));
    assert_eq!(with("publisheronly", &refuse), Ok(Role::PublisherOnly));
    assert_eq!(
        with("moderator", &refuse),
        Err(PolicyError::Role {
            asked: Role::Moderator,
            highest: Role::Publisher
        })
    );
    assert_eq!(with("moderator", &clamp), Ok(Role::Publisher));
    // Nobody knows what an unknown role may do, so it has no smaller form.
    assert!(with("root", &clamp).is_err());
    assert!(with("Moderator", &clamp).is_err());
    // Subscribing instead of publishing would be a right that was not asked for.
    let subscribers = TokenPolicy::new()
        .highest_role(Role::Subscriber)
        .over_limit(OverLimit::Clamp);
    assert!(with("publisheronly", &subscribers).is_err());
    assert_eq!(with("publisher", &subscribers), Ok(Role::Subscriber));
    // The default role is held to it as well.
    let default = credentials.token(OPENTOK_SESSION).policy(&subscribers);
    assert_eq!(
        signed(&credentials, default).unwrap().role,
        Role::Subscriber
    );
}

#[test]
fn lives_over_the_longest_are_refused_or_clamped_and_the_default_gives_way() {
    let credentials = opentok();
    let refuse = TokenPolicy::new().longest_ttl(seconds(3_600));
    let clamp = refuse.clone().over_limit(OverLimit::Clamp);
    let token = || credentials.token(OPENTOK_SESSION);

    assert_eq!(
        ttl_of(&signed(&credentials, token().policy(&refuse)).unwrap()),
        3_600
    );
    assert_eq!(
        ttl_of(&signed(&credentials, token().ttl(seconds(60)).policy(&refuse)).unwrap()),
        60
    );
    assert_eq!(
        ttl_of(&signed(&credentials, token().ttl(seconds(3_600)).policy(&refuse)).unwrap()),
        3_600
    );
    assert_eq!(
        signed(&credentials, token().ttl(seconds(3_601)).policy(&refuse)),
        Err(PolicyError::Ttl {
            asked: seconds(3_601),
            longest: seconds(3_600)
        })
    );
    assert!(
        signed(
            &credentials,
            token().expires_at(after(3_601)).policy(&refuse)
        )
        .is_err()
    );
    assert_eq!(
        ttl_of(&signed(&credentials, token().ttl(seconds(86_400)).policy(&clamp)).unwrap()),
        3_600
    );
    // A slip of the unit is not clamped into a token that looks as if it were meant.
    assert!(matches!(
        token()
            .expires_at(after(NOW * 1_000))
            .policy(&clamp)
            .sign_at(now()),
        Err(TokenError::LooksLikeMilliseconds { .. })
    ));
    // And a policy's own nonsense does not lift the limit of 30 days.
    let forever = TokenPolicy::new()
        .longest_ttl(seconds(u64::MAX))
        .over_limit(OverLimit::Clamp);
    assert!(matches!(
        token()
            .ttl(seconds(31 * 86_400))
            .policy(&forever)
            .sign_at(now()),
        Err(TokenError::TooLong { .. })
    ));
    assert_eq!(
        ttl_of(&signed(&credentials, token().policy(&forever)).unwrap()),
        86_400
    );
}

#[test]
fn sessions_and_data_are_held_to_it() {
    let credentials = opentok();
    let token = || credentials.token(OPENTOK_SESSION);
    let this = TokenPolicy::new().sessions([OPENTOK_SESSION]);
    let other = TokenPolicy::new()
        .sessions(["2_other"])
        .over_limit(OverLimit::Clamp);
    let none = TokenPolicy::new().sessions(Vec::<String>::new());
    assert!(signed(&credentials, token().policy(&this)).is_ok());
    assert_eq!(
        signed(&credentials, token().policy(&other)),
        Err(PolicyError::Session)
    );
    assert_eq!(
        signed(&credentials, token().policy(&none)),
        Err(PolicyError::Session)
    );
    assert_eq!(
        signed(&credentials, token().allow_foreign_session().policy(&other)),
        Err(PolicyError::Session)
    );

    let some = TokenPolicy::new().require_data();
    assert_eq!(
        signed(&credentials, token().policy(&some)),
        Err(PolicyError::DataMissing)
    );
    assert_eq!(
        signed(&credentials, token().data("  ").policy(&some)),
        Err(PolicyError::DataMissing)
    );
    assert!(signed(&credentials, token().data("a").policy(&some)).is_ok());

    let exactly = TokenPolicy::new().data("user=7");
    let clamp = exactly.clone().over_limit(OverLimit::Clamp);
    let data = |claims: ClientTokenClaims| claims.connection_data.unwrap();
    assert_eq!(
        signed(&credentials, token().policy(&exactly)).map(data),
        Ok("user=7".to_owned())
    );
    assert_eq!(
        signed(&credentials, token().data("user=8").policy(&exactly)).map(data),
        Err(PolicyError::DataDiffers)
    );
    assert_eq!(
        signed(&credentials, token().data("user=8").policy(&clamp)).map(data),
        Ok("user=7".to_owned())
    );
}

#[test]
fn a_second_policy_narrows_and_never_widens() {
    let credentials = opentok();
    let narrow = TokenPolicy::new()
        .highest_role(Role::Subscriber)
        .longest_ttl(seconds(60));
    let wide = TokenPolicy::new()
        .highest_role(Role::Moderator)
        .longest_ttl(seconds(86_400));
    let token = || credentials.token(OPENTOK_SESSION).role(Role::Moderator);
    for refused in [
        token().policy(&narrow).policy(&wide),
        token().policy(&wide).policy(&narrow),
    ] {
        assert!(matches!(
            signed(&credentials, refused),
            Err(PolicyError::Role { .. })
        ));
    }
}

proptest! {
    /// Whatever a client sends and in whatever order it is applied, what comes out is within the
    /// policy.
    #[test]
    fn no_input_widens_a_policy(
        role in prop_oneof![Just("moderator".to_owned()), Just("publisher".to_owned()), Just("subscriber".to_owned()), Just("publisheronly".to_owned()), any::<String>()],
        ttl in prop_oneof![0_u64..100_000, any::<u64>()],
        data in any::<String>(),
        name in any::<String>(),
        clamp in any::<bool>(),
        first in any::<bool>(),
    ) {
        let credentials = opentok();
        let policy = TokenPolicy::new()
            .highest_role(Role::Publisher)
            .longest_ttl(seconds(600))
            .over_limit(if clamp { OverLimit::Clamp } else { OverLimit::Refuse });
        let mut token = credentials.token(OPENTOK_SESSION);
        if first {
            token = token.policy(&policy);
        }
        token = token.role(role).ttl(seconds(ttl)).data(data).claim(name, "moderator").allow_foreign_session();
        if !first {
            token = token.policy(&policy);
        }
        if let Ok(token) = token.sign_at(now()) {
            let claims = credentials.verifier().unwrap().verify_client_token(&token, now()).unwrap();
            prop_assert!(claims.role.is_within(&Role::Publisher));
            prop_assert!(ttl_of(&claims) <= 600);
        }
    }
}
