using System.CommandLine;
using Models.Compiler.Graph;
using Models.Runner.Database;
using Models.Runner.State;
using Npgsql;

namespace Models.Runner.Cli;

/// <summary><c>leadline clone</c>: views in the target on the relations of an earlier run, usually production's.</summary>
internal static class CloneCommand
{
    private static readonly IReadOnlySet<ResourceType> Types = new HashSet<ResourceType> { ResourceType.Model, ResourceType.Seed, ResourceType.Snapshot };

    public static Command Create()
    {
        var command = new Command("clone", "Makes views in the target on what an earlier run built elsewhere.");
        var selection = new SelectionFlags();
        selection.AddTo(command);
        var state = new StateFlags();
        var fullRefresh = new Option<bool>("--full-refresh", "-f") { Description = "Replace also what is there already." };
        state.AddTo(command);
        command.Options.Add(fullRefresh);
        command.SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, async observer =>
        {
            var project = ProjectLoader.Load(GlobalOptions.Compile(parsed), observer, cancellationToken);
            using var previous = PreviousArtifacts.Open(state.RequireState(parsed), project);
            await using var target = TargetAccess.Open(project);
            var failed = false;
            foreach (var node in SelectedNodes.Of(target, selection.Read(parsed), Types, observer, previous).OfType<RelationNode>())
            {
                if (node is ModelNode { IsEphemeral: true } || previous.RelationOf(node.UniqueId) is not { } elsewhere || elsewhere == node.Relation)
                    continue;

                try
                {
                    observer.Said(await CloneAsync(target, node, elsewhere, parsed.GetValue(fullRefresh), cancellationToken), isWarning: false);
                }
                catch (StatementException refused) when (refused.Refusal.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
                {
                    observer.Said($"{elsewhere.QuotedName} is not there; {node.Relation.QuotedName} stays as it is", isWarning: true);
                }
                catch (StatementException refused)
                {
                    failed = true;
                    await Console.Error.WriteLineAsync($"{node.Relation.QuotedName} cannot be made: {Failures.Describe(refused)}");
                }
            }

            return failed ? ExitCodes.Failed : ExitCodes.Success;
        }));
        return command;
    }

    private static async Task<string> CloneAsync(TargetAccess target, RelationNode node, Relation elsewhere, bool replace, CancellationToken cancellationToken)
    {
        var existing = target.Warehouse.ListRelations(node.Relation.Schema).FirstOrDefault(r => r.Relation.Identifier == node.Relation.Identifier);
        if (existing is not null && !replace)
            return $"{node.Relation.QuotedName} is there already";

        List<Statement> statements = [$"create schema if not exists {Relation.Quote(node.Relation.Schema)}"];
        if (existing is not null)
            statements.Add(Materializations.Replacement.Drop(existing.Type, node.Relation, cascade: true));
        statements.Add($"create view {node.Relation.QuotedName} as select * from {elsewhere.QuotedName}");
        await target.Session.InTransactionAsync(statements, cancellationToken);
        return $"{node.Relation.QuotedName} reads {elsewhere.QuotedName}";
    }
}
