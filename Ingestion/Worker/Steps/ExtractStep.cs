using Ingestion.Connectors.Lake;
using Ingestion.Connectors.Postgres;
using Ingestion.Connectors.Sources;
using Ingestion.Loading.Detection;
using Ingestion.Worker.Definitions;
using Ingestion.Worker.Pipelines;
using Ingestion.Worker.Telemetry;
using Models.Diagnostics;

namespace Ingestion.Worker.Steps;

/// <summary>Extracts tables of a database into the lake. Tables that contracts seed are made first where they are not there.</summary>
internal sealed class ExtractStep(LakeFolder lake, DataFolder data, SourceConnections connections, TimeProvider time) : IStepAction
{
    public IReadOnlyList<StepKind> Kinds { get; } = [StepKind.Extract];

    /// <exception cref="DiagnosticException">The connection is not configured, or the database refuses.</exception>
    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var (request, folder) = context.Step.Extract!;
        var seeded = SourceLoads.ReadContracts(context)
            .Where(c => c.Format == LakeTables.Format && c.Options.Seed.Length > 0 && c.Options.Connection == request.Connection)
            .ToList();
        var known = connections.For(seeded);
        if (!known.TryGetValue(request.Connection, out var connectionString))
            throw new DiagnosticException(LakeDiagnostics.UnknownConnection(request.Span, request.Connection, known.Keys));

        var location = new SourceLocation(data.FullPath) { ConnectionStrings = known };
        await Parallel.ForEachAsync(
            seeded,
            new ParallelOptions { MaxDegreeOfParallelism = request.Parallel, CancellationToken = cancellationToken },
            async (contract, token) => await OperationalSource.EnsureAsync(contract, location, token));

        var tables = await new LakeExtract(time).RunAsync(request, connectionString, Path.Combine(lake.FullPath, folder), cancellationToken);
        foreach (var table in tables)
            Log.Extracted(context.Logger, context.Pipeline.Name, table.Rows, $"{folder}/{table.File.Name}");
        return new StepResult();
    }
}
