using Models.Jinja.Rendering;

namespace Models.Rendering.Context.Adapter;

/// <summary>The <c>adapter</c> of one project's templates: its methods, and <c>behavior</c>, the project's flags that change the behavior of macros.</summary>
internal sealed class ProjectAdapter(DbtProject project) : IJinjaObject, IJinjaIndexable
{
    private readonly BehaviorFlags _behavior = new(project);

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name == "behavior" ? _behavior : null;
        return value is not null || AdapterObject.Instance.TryGetAttribute(name, out value);
    }

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return key is string name && TryGetAttribute(name, out value);
    }

    public override string ToString() => AdapterObject.Instance.ToString();

    /// <summary>
    /// An enabled flag is a dict, so that <c>.no_warn</c> can be read; every other flag is false. Source:
    /// docs.getdbt.com/reference/global-configs/behavior-changes.
    /// </summary>
    private sealed class BehaviorFlags(DbtProject project) : IJinjaObject
    {
        public bool TryGetAttribute(string name, out object? value)
        {
            var isOn = project.Packages.Count > 0 && project.Packages[0].Flags.TryGetValue(name, out var set) && set is true;
            value = isOn ? new JinjaDict { ["no_warn"] = true, ["setting"] = true } : false;
            return true;
        }
    }
}
