using Ingestion.Loading.Detection;
using Ingestion.Worker.Definitions;
using Models.Contracts;

namespace Ingestion.Worker.Steps;

/// <summary>
/// Loads the newest file of each table of a lake folder into the warehouse. A table that a contract declares is loaded as the contract says, any other
/// one is replaced, with columns as they are in the file.
/// </summary>
internal sealed class LoadStep(SourceLoads loads, LakeTables tables, LakeFolder lake) : IStepAction
{
    public IReadOnlyList<StepKind> Kinds { get; } = [StepKind.Load];

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var request = context.Step.Load!;
        var names = LakeTables.List(request, lake.FullPath);
        var declared = SourceLoads.ReadContracts(context).Where(c => c.Format == LakeTables.Format && c.Options.From == request.From)
            .ToDictionary(c => c.Options.Table is { Length: > 0 } table ? table : c.Name, StringComparer.Ordinal);
        return await loads.RunAsync(
            context,
            names,
            request.Parallel,
            async (table, token) => declared.TryGetValue(table, out var contract)
                ? Limited(contract, request)
                : await tables.DetectAsync(request, table, lake.FullPath, token),
            cancellationToken);
    }

    /// <summary>The step's limit of bad records holds where the contract has none.</summary>
    private static Contract Limited(Contract contract, LakeRequest request) =>
        contract.Limits is { MaxBadRows: null, MaxBadPercent: null }
            ? contract with { Limits = contract.Limits with { MaxBadRows = request.MaxBadRecords } }
            : contract;
}
