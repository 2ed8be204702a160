using Ingestion.Connectors.Loading;
using Ingestion.Connectors.Sources;
using Ingestion.Worker.Settings;
using Ingestion.Worker.Telemetry;
using Microsoft.Extensions.Options;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Worker.Pipelines;

/// <summary>Loads every source that a pipeline's contracts name, some at the same time.</summary>
internal sealed class IngestStep(
    TableLoader loader,
    IngestionFolders folders,
    SourceConnections connections,
    IOptions<IngestionOptions> options,
    TimeProvider time,
    ILogger<IngestStep> logger)
{
    /// <returns>Rows loaded and records quarantined, those of batches that were there before left out.</returns>
    /// <exception cref="DiagnosticException">A source, or a contract, is malformed.</exception>
    /// <exception cref="PipelineException">Several are; each was told.</exception>
    public async Task<(long Rows, long Quarantined)> RunAsync(PipelineDefinition pipeline, CancellationToken cancellationToken)
    {
        var contracts = ReadContracts(pipeline);
        var location = new SourceLocation(folders.Data) { ConnectionStrings = connections.For(contracts), Secrets = connections.Secrets() };
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.ParallelLoads, CancellationToken = cancellationToken };
        var refused = new DiagnosticBag();
        long rows = 0;
        long quarantined = 0;
        await Parallel.ForEachAsync(
            contracts,
            parallel,
            async (contract, token) =>
            {
                try
                {
                    var result = await LoadAsync(contract, location, token);
                    if (result.AlreadyLoaded)
                        return;

                    Interlocked.Add(ref rows, result.Rows);
                    Interlocked.Add(ref quarantined, result.Quarantined);
                }
                catch (DiagnosticException mistake)
                {
                    // the others are loaded, and looked at, all the same
                    refused.Add(mistake.Diagnostic);
                }
            });

        Require(pipeline, refused, "sources are not what their contracts say");
        return (rows, quarantined);
    }

    /// <summary>One mistake is the reason of the run's failure; of several each is told by itself.</summary>
    private void Require(PipelineDefinition pipeline, DiagnosticBag found, string what)
    {
        var mistakes = found.ToSortedList().Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
        if (mistakes is [var only])
            throw new DiagnosticException(only);
        if (mistakes.Count == 0)
            return;

        foreach (var mistake in mistakes)
            Log.SourceRefused(logger, pipeline.Name, mistake.ToString());
        throw new PipelineException($"{mistakes.Count} {what}, first {mistakes[0]}");
    }

    private IReadOnlyList<Contract> ReadContracts(PipelineDefinition pipeline)
    {
        var project = folders.Project(pipeline);
        var diagnostics = new DiagnosticBag();
        var contracts = ContractReader.ReadAll(project, diagnostics);
        Require(pipeline, diagnostics, "contracts have mistakes");
        return contracts.Count > 0
            ? contracts
            : throw new PipelineException($"The project '{project}' has no contracts: put one per source table into its folder {ContractReader.FolderName}.");
    }

    private async Task<LoadResult> LoadAsync(Contract contract, SourceLocation location, CancellationToken cancellationToken)
    {
        using var activity = IngestionTelemetry.Source.StartActivity("load");
        activity?.SetTag("leadline.table", contract.Name);
        var result = await loader.LoadAsync(contract, location, new LoadLog(time, logger), cancellationToken);
        IngestionTelemetry.Loaded(result);
        if (result.AlreadyLoaded)
            Log.AlreadyLoaded(logger, contract.Name, result.Rows);
        else
            Log.Loaded(logger, result.Rows, contract.Name, result.Elapsed.TotalSeconds);
        if (result.Quarantined > 0)
            Log.Quarantined(logger, contract.Name, contract.Span.File, result.Quarantined);

        return result;
    }

    /// <summary>Says every few seconds how far a load is; most loads are done before the first time.</summary>
    private sealed class LoadLog(TimeProvider time, ILogger logger) : IProgress<LoadProgress>
    {
        private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

        private long _last = time.GetTimestamp();

        public void Report(LoadProgress value)
        {
            if (time.GetElapsedTime(_last) < Pause)
                return;

            _last = time.GetTimestamp();
            Log.Loading(logger, value.Contract, (value.Fraction ?? 0) * 100, value.Rows);
        }
    }
}
