using Models.Jinja.Rendering;

namespace Models.Rendering.Context;

/// <summary>The project's data in <c>builtins.ref.config</c>, for packages: its names, its packages and their versions.</summary>
internal sealed class ProjectConfigObject(DbtProject project) : IJinjaObject
{
    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "project_name" => project.Name,
            "version" => project.Packages.Count > 0 ? project.Packages[0].Version : null,
            "profile_name" => project.Target.ProfileName,
            "target_name" => project.Target.Name,
            "project_root" => project.Options.ProjectDirectory,
            "cli_vars" => new JinjaDict(project.Options.Vars),
            "args" => Arguments(),
            "dependencies" => Dependencies(),
            _ => null,
        };
        return value is not null;
    }

    public override string ToString() => $"<project {project.Name}>";

    private JinjaDict Arguments()
    {
        project.Options.Reads.Invocation = true;
        return InvocationArguments.Of(project.Options, project.Flags);
    }

    private JinjaDict Dependencies()
    {
        var dependencies = new JinjaDict();
        foreach (var package in project.Packages)
            dependencies[package.Name] = new JinjaDict { ["project_name"] = package.Name, ["version"] = package.Version, ["project_root"] = package.Root };

        return dependencies;
    }
}
