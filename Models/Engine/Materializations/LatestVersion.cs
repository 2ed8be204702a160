using Models.Project.Graph;

namespace Models.Engine.Materializations;

/// <summary>
/// Builds the view under a versioned model's own name after its latest version. It has the model's grants and comments, and none of its hooks; like any
/// view it is replaced in place where its columns stay, and takes the place of a table that has its name.
/// </summary>
internal static class LatestVersion
{
    private static readonly ViewMaterialization s_view = new();

    public static async Task PointAsync(BuildContext context, CancellationToken cancellationToken)
    {
        if (context.Node is not ModelNode model || context.Project.PointerOf(model) is not { } pointer)
            return;

        var view = context with
        {
            Node = model with { ContractEnforced = false },
            Sql = $"select * from {context.Target.QuotedName}{context.Run.Comment.For(model, context.Connection)}",
            Hooks = NodeHooks.None,
            Pointer = pointer,
        };
        await s_view.BuildAsync(view, cancellationToken);
    }
}
