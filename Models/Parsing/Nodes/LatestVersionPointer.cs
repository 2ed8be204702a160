using Models.Jinja.Rendering;
using Models.Project.Graph;
using Models.Rendering.Context;

namespace Models.Parsing.Nodes;

/// <summary>
/// The view under the name of a versioned model that reads its latest version. Source: docs.getdbt.com/reference/resource-configs/latest_version_pointer.
/// </summary>
internal static class LatestVersionPointer
{
    public const string Setting = "latest_version_pointer";
    private const string EnabledByDefault = "latest_version_pointer_enabled_by_default";
    private const string AliasMacro = "generate_latest_version_pointer_alias";

    /// <summary>The name of the view; null for a model that has none, because it is not the latest version or does not ask for one.</summary>
    public static string? NameOf(DbtProject project, ModelNode model)
    {
        if (model.Version is null || model.Version != model.LatestVersion || model.IsEphemeral)
            return null;

        model.Config.TryGet(Setting, out var setting);
        var byDefault = project.Packages is [var root, ..] && root.Flags.TryGetValue(EnabledByDefault, out var flag) && flag is true;
        if (!(MappingValue.Value(setting, "enabled") as bool? ?? byDefault))
            return null;

        var alias = MappingValue.Value(setting, "alias") as string;
        if ((project.Macros.FindIn(model.PackageName, AliasMacro) ?? project.Macros.FindIn(project.Name, AliasMacro)) is not { } macro)
            return string.IsNullOrWhiteSpace(alias) ? model.Name : alias.Trim();

        var context = new NodeContext(project, model.PackageName, model, connection: null);
        var generated = macro.Bind(context).Call(CallContext.Create(context.Renders, model.Span), new CallArguments([alias, context.Model], []));
        return PythonText.Str(generated).Trim();
    }
}
