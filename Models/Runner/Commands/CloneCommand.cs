using System.CommandLine;
using Models.Database.Definitions;
using Models.Database.Sessions;
using Models.Engine;
using Models.Engine.Artifacts;
using Models.Engine.State;
using Models.Engine.Targets;
using Models.Project.Graph;
using Models.Rendering.Connections;
using Models.Runner.Flags;

namespace Models.Runner.Commands;

/// <c>leadline clone</c>: creates views in the target on the relations of an earlier run, usually production's.
internal static class CloneCommand
{
    private static readonly IReadOnlySet<ResourceType> Types = new HashSet<ResourceType> { ResourceType.Model, ResourceType.Seed, ResourceType.Snapshot };

    public static Command Create()
    {
        var command = new Command("clone", "Creates views in the target on the relations of an earlier run.");
        var selection = new SelectionFlags();
        selection.AddTo(command);
        var state = new StateFlags();
        var fullRefresh = new Option<bool>("--full-refresh", "-f") { Description = "Also replace existing views." };
        state.AddTo(command);
        command.Options.Add(fullRefresh);
        command.SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, async observer =>
        {
            var project = ProjectLoader.Load(GlobalOptions.Compile(parsed), observer, cancellationToken);
            using var previous = PreviousArtifacts.Open(state.RequireState(parsed), project, observer);
            await using var target = TargetAccess.Open(project, observer);
            var options = selection.Read(parsed);
            var started = TimeProvider.System.GetUtcNow();
            var results = new List<NodeResult>();
            foreach (var node in SelectedNodes.Of(target, options, Types, observer, previous)
                .OfType<RelationNode>().Where(n => n is not ModelNode { IsEphemeral: true }))
                results.Add(await CloneAsync(target, node, previous.RelationOf(node.UniqueId), parsed.GetValue(fullRefresh), observer, cancellationToken));

            var summary = new RunSummary(project.Options.InvocationId, started, TimeProvider.System.GetUtcNow() - started, results);
            RunArtifacts.Write(project, summary, new RunOptions { Verb = RunVerb.Run, Which = command.Name, Compile = project.Options, Selection = options });
            return summary.Success ? ExitCodes.Success : ExitCodes.Failed;
        }));
        return command;
    }

    private static async Task<NodeResult> CloneAsync(
        TargetAccess target, RelationNode node, Relation? elsewhere, bool replace, IRunObserver observer, CancellationToken cancellationToken)
    {
        var result = new NodeResult { Node = node, Status = NodeStatus.Success, Message = "No-op" };
        if (elsewhere is null || (elsewhere == node.Relation && Existing(target, node) is not null))
            return result;

        if (elsewhere == node.Relation)
            return await FailAsync(result, $"{elsewhere.QuotedName} does not exist, and cannot be cloned from itself; build it, or name another --state");

        try
        {
            observer.Message(await CloneAsync(target, node, elsewhere, replace, cancellationToken), isWarning: false);
            return result;
        }
        catch (StatementException refused) when (refused.IsMissingRelation)
        {
            observer.Message($"{elsewhere.QuotedName} does not exist; {node.Relation.QuotedName} stays unchanged", isWarning: true);
            return result;
        }
        catch (StatementException refused)
        {
            return await FailAsync(result, $"{node.Relation.QuotedName} cannot be made: {Failures.Describe(refused)}");
        }
    }

    private static async Task<NodeResult> FailAsync(NodeResult result, string message)
    {
        await Console.Error.WriteLineAsync(message);
        return result with { Status = NodeStatus.Error, Message = message };
    }

    private static AdapterRelation? Existing(TargetAccess target, RelationNode node) =>
        target.Connection.ListRelations(node.Relation.Schema).FirstOrDefault(r => r.Relation.Identifier == node.Relation.Identifier);

    private static async Task<string> CloneAsync(TargetAccess target, RelationNode node, Relation elsewhere, bool replace, CancellationToken cancellationToken)
    {
        var existing = Existing(target, node);
        if (existing is not null && !replace)
            return $"{node.Relation.QuotedName} is there already";

        List<Statement> statements = [RelationDdl.CreateSchema(node.Relation.Schema)];
        if (existing is not null)
            statements.Add(RelationDdl.Drop(existing.Type, node.Relation, cascade: true));
        statements.Add($"create view {node.Relation.QuotedName} as select * from {elsewhere.QuotedName}");
        await target.Session.InTransactionAsync(statements, cancellationToken);
        return $"{node.Relation.QuotedName} reads {elsewhere.QuotedName}";
    }
}
