//! Exports a trace and a metric of every call with OpenTelemetry, over OTLP.
//!
//! The collector is at `OTEL_EXPORTER_OTLP_ENDPOINT`, or at `http://localhost:4318`.

use std::{error::Error, time::Duration};

use bytes::Bytes;
use http::{Request, Response};
use opentelemetry::{
    KeyValue,
    metrics::{Histogram, MeterProvider as _},
    trace::{TraceContextExt as _, TracerProvider as _},
};
use opentelemetry_http::{HttpClient, HttpError, hyper::HyperClient};
use opentelemetry_otlp::{MetricExporter, SpanExporter, WithHttpConfig as _};
use opentelemetry_sdk::{metrics::SdkMeterProvider, trace::SdkTracerProvider};
use tokio::runtime::Handle;
use tracing::{Instrument as _, Level, info_span};
use tracing_opentelemetry::OpenTelemetrySpanExt as _;
use tracing_subscriber::{Layer as _, filter::Targets, layer::SubscriberExt as _};
use vonage_video::{CallReport, Client, Credentials, Observer, operations::ListArchives};

/// The SDK exports from threads of its own, but hyper needs a runtime.
#[derive(Debug)]
struct OnRuntime(Handle, HyperClient);

#[async_trait::async_trait]
impl HttpClient for OnRuntime {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let client = self.1.clone();
        let sent = self
            .0
            .spawn(async move { client.send_bytes(request).await });
        sent.await?
    }
}

struct Durations(Histogram<f64>);

impl Observer for Durations {
    fn call(&self, report: &CallReport<'_>) {
        let outcome = report.error.map_or("ok", |error| error.kind().as_str());
        let attributes = [
            KeyValue::new("vonage.video.operation", report.operation),
            KeyValue::new("outcome", outcome),
        ];
        self.0.record(report.duration.as_secs_f64(), &attributes);
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let http = || {
        let hyper = HyperClient::with_default_connector(Duration::from_secs(10), None);
        OnRuntime(Handle::current(), hyper)
    };
    let spans = SpanExporter::builder().with_http().with_http_client(http());
    let tracers = SdkTracerProvider::builder().with_batch_exporter(spans.build()?);
    let tracers = tracers.build();
    let metrics = MetricExporter::builder().with_http();
    let metrics = metrics.with_http_client(http()).build()?;
    let meters = SdkMeterProvider::builder().with_periodic_exporter(metrics);
    let meters = meters.build();

    let layer = tracing_opentelemetry::layer().with_tracer(tracers.tracer("reports"));
    let targets = Targets::new()
        .with_target("vonage_video", Level::DEBUG)
        .with_target("opentelemetry_example", Level::INFO);
    let subscriber = tracing_subscriber::registry().with(layer.with_filter(targets));
    tracing::subscriber::set_global_default(subscriber)?;

    let meter = meters.meter("reports");
    let histogram = meter.f64_histogram("vonage.video.call.duration");
    let video = Client::builder(Credentials::from_env()?)
        .observer(Durations(histogram.with_unit("s").build()))
        .trace_parent(trace_parent)
        .build()?;

    let report = async { video.send(ListArchives::new()).await };
    let archives = report.instrument(info_span!("report")).await?;
    println!("{} archives", archives.count);

    // What is not exported yet is exported now; it blocks.
    tokio::task::spawn_blocking(move || tracers.shutdown().and_then(|()| meters.shutdown()))
        .await??;
    Ok(())
}

/// The trace as the server receives it, in the form of W3C Trace Context.
fn trace_parent() -> Option<String> {
    let context = tracing::Span::current().context();
    let span = context.span().span_context().clone();
    let flags = span.trace_flags().to_u8();
    span.is_valid()
        .then(|| format!("00-{}-{}-{flags:02x}", span.trace_id(), span.span_id()))
}
