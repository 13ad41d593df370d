//! Why something is not the RSA key that is needed.

use std::fmt;

/// Why a text, a blob or a file is not the RSA key that is needed. Says what was seen and what to
/// do; never quotes the input.
#[derive(Debug)]
#[non_exhaustive]
pub enum KeyError {
    /// Nothing, or white space.
    Empty,
    /// A file name where the contents of the file belong.
    LooksLikePath,
    /// The public half where the private key belongs.
    PublicKey,
    /// The private key where the public half belongs.
    PrivateKey,
    /// An X.509 certificate in place of a key.
    Certificate,
    /// A certificate request in place of a key.
    CertificateRequest,
    /// A key under a passphrase.
    Encrypted,
    /// OpenSSH's own private key format.
    OpenSsh,
    /// A key of another algorithm than RSA.
    WrongAlgorithm {
        /// Its name, such as `elliptic curve (EC)`.
        algorithm: &'static str,
    },
    /// An RSA key under 2048 bits.
    TooSmall {
        /// The length of its modulus.
        bits: usize,
    },
    /// An RSA key over 4096 bits (8192 for a public key).
    TooLarge {
        /// The length of its modulus.
        bits: usize,
    },
    /// An RSA private key whose length is not a multiple of 512 bits.
    UnusualSize {
        /// The length of its modulus.
        bits: usize,
    },
    /// An RSA key with another public exponent than can be used: from 65537 to 2³³ to sign, from 3
    /// to verify, and odd.
    UnusualExponent {
        /// The public exponent; `u64::MAX` for all that are longer.
        exponent: u64,
    },
    /// An RSA private key of three primes or more.
    MultiPrime,
    /// A `BEGIN` line without its `END` line.
    Truncated,
    /// The text between the `BEGIN` and `END` lines is not base64.
    BadBase64,
    /// The bytes are not DER: cut, or changed.
    BadDer,
    /// A whole key with more bytes behind it.
    TrailingBytes,
    /// PEM of some other kind.
    OtherPem {
        /// The words of its `BEGIN` line.
        label: String,
    },
    /// More than one key in one text.
    SeveralKeys {
        /// The number of keys in the text.
        count: usize,
    },
    /// Not a key at all.
    NotAKey {
        /// What it looks like.
        saw: &'static str,
    },
    /// An RSA private key whose numbers do not fit together, or of an unusual kind.
    Rejected {
        /// The cryptography library's reason.
        reason: String,
    },
    /// The file could not be read; the reason is the `source()`.
    #[cfg(feature = "std")]
    #[cfg_attr(docsrs, doc(cfg(feature = "std")))]
    File {
        /// The path that was to be read.
        path: std::path::PathBuf,
        /// The operating system's reason.
        source: std::io::Error,
    },
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const WANTED: &str =
            "use the PKCS#8 or PKCS#1 private key that the dashboard gave you (private.key)";
        match self {
            Self::Empty => write!(f, "the key is empty: {WANTED}"),
            Self::LooksLikePath => f.write_str(
                "this looks like a file name, and the contents of the file belong here: read it with from_file, or set \
                 VONAGE_PRIVATE_KEY_PATH instead of VONAGE_PRIVATE_KEY",
            ),
            Self::PublicKey => write!(f, "this is a public key, and signing needs the private one: {WANTED}"),
            Self::PrivateKey => f.write_str(
                "this is a private key, and checking a signature needs only its public half: make one with \
                 `openssl pkey -in private.key -pubout`",
            ),
            Self::Certificate => f.write_str(
                "this is an X.509 certificate, not a key: take the public key out with `openssl x509 -pubkey -noout`, or use \
                 the private key that belongs to it",
            ),
            Self::CertificateRequest => write!(f, "this is a certificate request, not a key: {WANTED}"),
            Self::Encrypted => f.write_str(
                "the private key is under a passphrase: take that off with `openssl pkey -in encrypted.key -out private.key`",
            ),
            Self::OpenSsh => f.write_str(
                "this is an OpenSSH private key: if it is RSA, convert a copy with `ssh-keygen -p -m PEM -f copy.key`",
            ),
            Self::WrongAlgorithm { algorithm } => {
                write!(f, "this is a key of the kind {algorithm}, and the platform uses RSA only: {WANTED}")
            }
            Self::TooSmall { bits } => {
                write!(f, "the RSA key has {bits} bits, and at least 2048 are needed: generate a new key pair")
            }
            Self::TooLarge { bits } => {
                write!(f, "the RSA key has {bits} bits, more than can be used (4096 to sign, 8192 to verify): generate a new key pair of 2048 bits")
            }
            Self::UnusualSize { bits } => write!(
                f,
                "the RSA key has {bits} bits, and only multiples of 512 can sign: generate a new key \
                 pair of 2048 bits, or sign elsewhere with a Signer"
            ),
            Self::UnusualExponent { exponent: u64::MAX } => f.write_str(
                "the RSA key's public exponent is too long: generate a new key pair with the usual 65537",
            ),
            Self::UnusualExponent { exponent } => write!(
                f,
                "the RSA key has the public exponent {exponent}, which cannot be used: generate a new \
                 key pair with the usual 65537, or sign elsewhere with a Signer"
            ),
            Self::MultiPrime => f.write_str(
                "the RSA private key is made of more than two primes, which cannot be used: generate a \
                 new key pair, or sign elsewhere with a Signer",
            ),
            Self::Truncated => f.write_str("the key has a BEGIN line but no END line: it was cut, copy all of it"),
            Self::BadBase64 => {
                f.write_str("the text between the BEGIN and END lines is not base64: the key was damaged, copy it again")
            }
            Self::BadDer => f.write_str("the key decodes, but to something cut short or changed: copy it again"),
            Self::TrailingBytes => f.write_str("there are more bytes behind the end of the key: copy the key alone"),
            Self::OtherPem { label } => write!(f, "this is a PEM text of the kind {label:?}, not an RSA key: {WANTED}"),
            Self::SeveralKeys { count } => write!(f, "there are {count} keys in this text: leave the one that is meant"),
            Self::NotAKey { saw } => write!(f, "this looks like {saw}, not like a key: {WANTED}"),
            Self::Rejected { reason } => {
                write!(f, "the RSA private key was refused ({reason}): its numbers do not fit together, or it is of a rare kind; copy it again, or generate a new key pair")
            }
            #[cfg(feature = "std")]
            Self::File { path, .. } => write!(f, "the key file {} cannot be read", path.display()),
        }
    }
}

impl std::error::Error for KeyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            #[cfg(feature = "std")]
            Self::File { source, .. } => Some(source),
            _ => None,
        }
    }
}
