namespace Ingestion.Worker.Pipelines;

/// <summary>Ends a pipeline's run for a reason that its user can mend; the message is one line.</summary>
internal sealed class PipelineException(string message, Exception? inner = null) : Exception(message, inner);
