using Models.Database.Sessions;

namespace Models.Engine.Materializations;

/// <summary>One way of turning a node's SQL into a relation. A new one is a class and a line in <see cref="MaterializationTable"/>.</summary>
internal interface IMaterialization
{
    /// <summary>Builds the node's relation; the one that stands is replaced as a whole or left as it is.</summary>
    Task<StatementOutcome> BuildAsync(BuildContext context, CancellationToken cancellationToken);
}
