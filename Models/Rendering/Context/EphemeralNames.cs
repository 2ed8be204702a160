using Models.Project.Graph;

namespace Models.Rendering.Context;

/// <summary>
/// The names of the common table expressions that ephemeral models become: dbt's, <c>__dbt__cte__model</c>, but where the server would take
/// two of them for one (models of one name in two packages, names with the same first 63 bytes) the later one has a name of its own.
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
            // the second is unique, as the id is
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

    /// <summary>A model's name in SQL, without quotes.</summary>
    public string Of(ModelNode model) => _byNode.GetValueOrDefault(model.UniqueId) ?? Default(model);

    /// <summary>The unique id of the model that the server knows under a name; null for a name that is no model's.</summary>
    public string? Find(string serverName) => _byServerName.GetValueOrDefault(serverName);

    /// <summary>The name of dbt.</summary>
    public static string Default(ModelNode model) => Prefix + model.Relation.Identifier;

    private static string Digest(ModelNode model) => Functions.GeneralFunctions.Md5(model.UniqueId)[..8];

    private static string OnServer(string name) => Relation.Fold(ServerName.Cut(name));
}
