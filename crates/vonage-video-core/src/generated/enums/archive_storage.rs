// @generated from api/archive_storage.toml by `cargo xtask codegen`; edit that file instead.

use crate::open_enum::open_enum;

open_enum! {
    /// A kind of storage for archives.
    pub enum StorageType: str {
        /// `s3`: Amazon S3, or a service that speaks it.
        S3 = "s3",
        /// `azure`: Microsoft Azure, in a container.
        Azure = "azure",
    }
}

open_enum! {
    /// What happens to an archive whose upload fails.
    pub enum StorageFallback: str {
        /// `opentok`: OpenTok keeps it, for 72 hours.
        OpenTok = "opentok",
        /// `none`: The archive is lost.
        Discard = "none",
    }
}

open_enum! {
    /// Encryption by S3. KMS keys are not supported.
    pub enum ServerSideEncryption: str {
        /// `s3`: S3 encrypts with its own keys.
        S3 = "s3",
        /// `none`: The bucket does not encrypt.
        Plain = "none",
    }
}
