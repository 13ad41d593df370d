//! Just enough DER to say what kind of key a blob is, without trusting its PEM label.

/// What a DER blob turned out to be.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Der<'a> {
    /// A PKCS#1 `RSAPrivateKey`, alone or taken out of its PKCS#8 wrapper.
    RsaPrivate(Rsa<'a>),
    /// A PKCS#1 `RSAPublicKey`, alone or taken out of its `SubjectPublicKeyInfo` wrapper.
    RsaPublic(Rsa<'a>),
    /// A private key of another algorithm.
    OtherPrivate(&'static str),
    /// A public key of another algorithm.
    OtherPublic(&'static str),
    /// PKCS#8 under a passphrase.
    Encrypted,
    /// An X.509 certificate.
    Certificate,
    /// A PKCS#10 certificate request.
    Request,
    /// A whole element of some other kind.
    Unknown,
    /// One whole element, and more behind it.
    Trailing,
    /// Not DER, or cut short.
    Broken,
}

/// The parts of an RSA key that decide whether it can be used.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Rsa<'a> {
    /// The whole key in its innermost form.
    pub(super) pkcs1: &'a [u8],
    /// The length of the modulus.
    pub(super) bits: usize,
    /// The public exponent; `u64::MAX` for all that do not fit.
    pub(super) exponent: u64,
    /// Whether the private key is made of three primes or more.
    pub(super) multi_prime: bool,
}

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OCTET_STRING: u8 = 0x04;
const OID: u8 = 0x06;
const SEQUENCE: u8 = 0x30;

const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

pub(super) fn identify(der: &[u8]) -> Der<'_> {
    identify_in(der, false)
}

/// `wrapped` where a wrapper was taken off already: a wrapper in a wrapper is not a key, and could
/// go on until the stack ends.
fn identify_in(der: &[u8], wrapped: bool) -> Der<'_> {
    let mut outer = Reader(der);
    let Some(Element {
        tag: SEQUENCE,
        value,
    }) = outer.next()
    else {
        return Der::Broken;
    };
    if !outer.0.is_empty() {
        return Der::Trailing;
    }
    let mut inner = Reader(value);
    let parts: [Option<Element<'_>>; 3] = [inner.next(), inner.next(), inner.next()];
    let [Some(first), Some(second), third] = parts else {
        return Der::Unknown;
    };
    let third = third.map(|element| (element.tag, element.value));
    match (first.tag, second.tag, third) {
        (INTEGER, SEQUENCE, Some((OCTET_STRING, key))) if !wrapped => {
            private(algorithm(second.value), key)
        }
        (INTEGER, INTEGER, Some((INTEGER, exponent))) => {
            let rsa = Rsa {
                pkcs1: der,
                bits: bits(second.value),
                exponent: small(exponent),
                multi_prime: small(first.value) != 0,
            };
            pkcs1_or_dsa(rsa, value)
        }
        (INTEGER, OCTET_STRING, _) => Der::OtherPrivate("elliptic curve (EC)"),
        (INTEGER, INTEGER, None) => Der::RsaPublic(Rsa {
            pkcs1: der,
            bits: bits(first.value),
            exponent: small(second.value),
            multi_prime: false,
        }),
        (SEQUENCE, BIT_STRING, None) if !wrapped => public(algorithm(first.value), second.value),
        (SEQUENCE, OCTET_STRING, None) => Der::Encrypted,
        (SEQUENCE, SEQUENCE, Some((BIT_STRING, _))) => certificate(first.value),
        _ => Der::Unknown,
    }
}

fn private<'a>(algorithm: Algorithm, key: &'a [u8]) -> Der<'a> {
    match algorithm {
        Algorithm::Rsa => match identify_in(key, true) {
            found @ Der::RsaPrivate(_) => found,
            _ => Der::Broken,
        },
        Algorithm::Other(name) => Der::OtherPrivate(name),
    }
}

/// An `RSAPrivateKey` holds nine integers or more, OpenSSL's old DSA form six.
fn pkcs1_or_dsa<'a>(rsa: Rsa<'a>, content: &'a [u8]) -> Der<'a> {
    let mut reader = Reader(content);
    let mut count = 0;
    while reader.next().is_some() {
        count += 1;
    }
    match count {
        6 => Der::OtherPrivate("DSA"),
        9.. => Der::RsaPrivate(rsa),
        _ => Der::Broken,
    }
}

fn public<'a>(algorithm: Algorithm, bit_string: &'a [u8]) -> Der<'a> {
    match (algorithm, bit_string.split_first()) {
        (Algorithm::Rsa, Some((0, key))) => match identify_in(key, true) {
            found @ Der::RsaPublic(_) => found,
            _ => Der::Broken,
        },
        (Algorithm::Other(name), _) => Der::OtherPublic(name),
        _ => Der::Broken,
    }
}

/// A certificate's body begins with `[0] version` or a long serial number, a request's with
/// `INTEGER 0`.
fn certificate(body: &[u8]) -> Der<'static> {
    match Reader(body).next() {
        Some(Element {
            tag: INTEGER,
            value: [0],
        }) => Der::Request,
        Some(_) => Der::Certificate,
        None => Der::Broken,
    }
}

enum Algorithm {
    Rsa,
    Other(&'static str),
}

fn algorithm(identifier: &[u8]) -> Algorithm {
    let Some(Element { tag: OID, value }) = Reader(identifier).next() else {
        return Algorithm::Other("unnamed");
    };
    match value {
        RSA => Algorithm::Rsa,
        [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a] => Algorithm::Other("RSA-PSS"),
        [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01] => Algorithm::Other("elliptic curve (EC)"),
        [0x2a, 0x86, 0x48, 0xce, 0x38, 0x04, 0x01] => Algorithm::Other("DSA"),
        [0x2b, 0x65, 0x70] => Algorithm::Other("Ed25519"),
        [0x2b, 0x65, 0x71] => Algorithm::Other("Ed448"),
        [0x2b, 0x65, 0x6e] => Algorithm::Other("X25519"),
        _ => Algorithm::Other("unknown"),
    }
}

/// The length of a big-endian integer without its leading zeros.
fn bits(integer: &[u8]) -> usize {
    let zeros = integer.iter().take_while(|byte| **byte == 0).count();
    let used = integer.get(zeros..).unwrap_or_default();
    used.first()
        .map_or(0, |top| used.len() * 8 - top.leading_zeros() as usize)
}

/// A big-endian integer, or `u64::MAX` when it does not fit.
fn small(integer: &[u8]) -> u64 {
    if bits(integer) >= 64 {
        return u64::MAX;
    }
    integer
        .iter()
        .fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

struct Element<'a> {
    tag: u8,
    value: &'a [u8],
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<Element<'a>> {
        let (&[tag, short], rest) = self.0.split_first_chunk()?;
        let (length, rest) = match short {
            0..=0x7f => (usize::from(short), rest),
            0x81..=0x84 => {
                let (length, rest) = rest.split_at_checked(usize::from(short & 0x7f))?;
                (
                    length
                        .iter()
                        .fold(0, |sum, byte| sum << 8 | usize::from(*byte)),
                    rest,
                )
            }
            _ => return None,
        };
        let (value, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some(Element { tag, value })
    }
}
