using System.Collections.Concurrent;
using Ingestion.Connectors.Loading;
using Ingestion.Connectors.Sources;
using Ingestion.Worker.Definitions;
using Ingestion.Worker.Pipelines;
using Ingestion.Worker.Settings;
using Ingestion.Worker.Telemetry;
using Microsoft.Extensions.Options;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Worker.Steps;

/// <summary>Loads the sources that a pipeline's contracts name, some at the same time.</summary>
internal sealed class IngestStep(
    TableLoader loader,
    DataFolder data,
    SourceConnections connections,
    IOptions<IngestionOptions> options,
    TimeProvider time) : IStepAction
{
    public IReadOnlyList<StepKind> Kinds { get; } = [StepKind.Ingest];

    /// <returns>Rows loaded and records quarantined, those of batches that were there before left out.</returns>
    /// <exception cref="DiagnosticException">A source, or a contract, is malformed.</exception>
    /// <exception cref="PipelineException">Several are; each was told.</exception>
    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var contracts = Choose(context, ReadContracts(context));
        var location = new SourceLocation(data.FullPath) { ConnectionStrings = connections.For(contracts), Secrets = connections.Secrets() };
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.ParallelLoads, CancellationToken = cancellationToken };
        var refused = new ConcurrentDictionary<string, Diagnostic>(StringComparer.Ordinal);
        long rows = 0;
        long quarantined = 0;
        await Parallel.ForEachAsync(
            contracts,
            parallel,
            async (contract, token) =>
            {
                try
                {
                    var result = await LoadAsync(contract, location, context.Logger, token);
                    if (result.AlreadyLoaded)
                        return;

                    Interlocked.Add(ref rows, result.Rows);
                    Interlocked.Add(ref quarantined, result.Quarantined);
                }
                catch (DiagnosticException mistake)
                {
                    // the others are loaded, and looked at, all the same
                    refused[contract.Name] = mistake.Diagnostic;
                }
            });

        Require(context, refused.Values, "sources are not what their contracts say",
            [.. refused.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => new FailedCheck($"raw.{r.Key}", "contract", r.Value.Message))]);
        return new StepResult(rows, quarantined);
    }

    /// <summary>One mistake is the reason of the run's failure; of several each is told by itself.</summary>
    private static void Require(StepContext context, IEnumerable<Diagnostic> found, string what, IReadOnlyList<FailedCheck> failures)
    {
        var bag = new DiagnosticBag();
        bag.AddRange(found);
        var mistakes = bag.ToSortedList().Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
        if (mistakes.Count == 0)
            return;
        if (mistakes is [var only])
            throw new PipelineException(only.ToString()) { Failures = failures };

        foreach (var mistake in mistakes)
            Log.SourceRefused(context.Logger, context.Pipeline.Name, mistake.ToString());
        throw new PipelineException($"{mistakes.Count} {what}, first {mistakes[0]}") { Failures = failures };
    }

    private static IReadOnlyList<Contract> ReadContracts(StepContext context)
    {
        var project = context.Pipeline.ProjectDirectory;
        var diagnostics = new DiagnosticBag();
        var contracts = ContractReader.ReadAll(project, diagnostics);
        Require(context, diagnostics.ToSortedList(), "contracts have mistakes", []);
        return contracts.Count > 0
            ? contracts
            : throw new PipelineException($"The project '{project}' has no contracts: put one per source table into its folder {ContractReader.FolderName}.");
    }

    private static IReadOnlyList<Contract> Choose(StepContext context, IReadOnlyList<Contract> contracts)
    {
        var names = context.Step.Select;
        var known = contracts.Select(c => c.Name).ToList();
        if (names.FirstOrDefault(n => !known.Contains(n)) is { } unknown)
        {
            throw new PipelineException(
                $"{context.Pipeline.Span.File}: step '{context.Step.Name}' loads '{unknown}', which no contract declares{NearName.Hint(unknown, known)}; " +
                $"there are {string.Join(", ", known)}");
        }

        return names.Count == 0 ? contracts : [.. contracts.Where(c => names.Contains(c.Name))];
    }

    private async Task<LoadResult> LoadAsync(Contract contract, SourceLocation location, ILogger logger, CancellationToken cancellationToken)
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
