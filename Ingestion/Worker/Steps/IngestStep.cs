using Ingestion.Worker.Definitions;
using Ingestion.Worker.Settings;
using Microsoft.Extensions.Options;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Worker.Steps;

/// <summary>Loads the sources that a pipeline's contracts name.</summary>
internal sealed class IngestStep(SourceLoads loads, IOptions<IngestionOptions> options) : IStepAction
{
    public IReadOnlyList<StepKind> Kinds { get; } = [StepKind.Ingest];

    /// <exception cref="PipelineException">A source, or a contract, is malformed.</exception>
    public Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var contracts = SourceLoads.ReadContracts(context);
        if (contracts.Count == 0)
        {
            throw new PipelineException(
                $"The project '{context.Pipeline.ProjectDirectory}' has no contracts: put one per source table into its folder {ContractReader.FolderName}.");
        }

        var chosen = Choose(context, contracts).ToDictionary(c => c.Name, StringComparer.Ordinal);
        return loads.RunAsync(
            context, [.. chosen.Keys], options.Value.ParallelLoads, (name, _) => Task.FromResult(chosen[name]), cancellationToken);
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
}
