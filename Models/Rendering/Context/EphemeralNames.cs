using Models.Project.Graph;

namespace Models.Rendering.Context;

/// <summary>
/// The names of the common table expressions of ephemeral models: dbt's <c>__dbt__cte__model</c>, or another name for a later model whose name the
/// server could not distinguish (models with the same name in two packages, or with the same first 63 bytes).
/// </summary>
internal sealed class EphemeralNames
{
    private const string Prefix = "__dbt__cte__";

    private readonly Dictionary<string, string> _byNode = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byServerName = new(StringComparer.Ordinal);

    public EphemeralNames(ProjectGraph graph)
    {
        foreach (var model in graph.InOrder.OfType<ModelNode>().Where(m => m.IsEphemeral).OrderBy(m => m.UniqueId, StringComparer.Ordinal))
        {
            // the second name contains the unique package and model name
            string[] names = [Default(model), ServerName.WithSuffix($"{Prefix}{model.PackageName}__{model.Relation.Identifier}", $"_{Digest(model)}")];
            foreach (var name in names)
            {
                if (!_byServerName.TryAdd(OnServer(name), model.UniqueId))
                    continue;

                _byNode[model.UniqueId] = name;
                break;
            }
        }
    }

    /// <summary>The CTE name of a model, without quotes.</summary>
    public string Of(ModelNode model) => _byNode.GetValueOrDefault(model.UniqueId) ?? Default(model);

    /// <summary>The unique id of the model with this CTE name; null if there is none.</summary>
    public string? Find(string serverName) => _byServerName.GetValueOrDefault(serverName);

    /// <summary>dbt's name.</summary>
    public static string Default(ModelNode model) => Prefix + model.Relation.Identifier;

    private static string Digest(ModelNode model) => Functions.GeneralFunctions.Md5(model.UniqueId)[..8];

    private static string OnServer(string name) => Relation.Fold(ServerName.Cut(name));
}
