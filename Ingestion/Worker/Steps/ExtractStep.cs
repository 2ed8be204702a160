using Ingestion.Connectors.Lake;
using Ingestion.Worker.Definitions;
using Ingestion.Worker.Telemetry;
using Models.Diagnostics;

namespace Ingestion.Worker.Steps;

/// <summary>Extracts tables of a database into the lake.</summary>
internal sealed class ExtractStep(LakeFolder lake, SourceConnections connections, TimeProvider time) : IStepAction
{
    public IReadOnlyList<StepKind> Kinds { get; } = [StepKind.Extract];

    /// <exception cref="DiagnosticException">The connection is not configured, or the database refuses.</exception>
    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var (request, folder) = context.Step.Extract!;
        var known = connections.For([]);
        if (!known.TryGetValue(request.Connection, out var connectionString))
            throw new DiagnosticException(LakeDiagnostics.UnknownConnection(request.Span, request.Connection, known.Keys));

        var tables = await new LakeExtract(time).RunAsync(request, connectionString, Path.Combine(lake.FullPath, folder), cancellationToken);
        foreach (var table in tables)
            Log.Extracted(context.Logger, context.Pipeline.Name, table.Rows, $"{folder}/{table.File.Name}");
        return new StepResult();
    }
}
