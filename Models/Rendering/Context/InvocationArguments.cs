using Models.Jinja.Rendering;
using Models.Project.Configuration;

namespace Models.Rendering.Context;

/// <summary>
/// The command line's options and the flags in force by dbt's names, which <c>invocation_args_dict</c> and <c>project.args</c> show. As in dbt, empty
/// mappings and some of the switches are omitted where they are off.
/// </summary>
internal static class InvocationArguments
{
    private static readonly HashSet<string> s_omittedIfOff = new(StringComparer.Ordinal)
    {
        "debug", "full_refresh", "fail_fast", "warn_error", "single_threaded", "log_cache_events", "store_failures", "use_experimental_parser",
    };

    public static JinjaDict Of(CompileOptions options, FlagsObject flags)
    {
        var arguments = new JinjaDict();
        foreach (var (name, value) in flags.InForce)
        {
            if (value is not null && !(value is false && s_omittedIfOff.Contains(name)))
                arguments[name] = value;
        }

        arguments["which"] = options.Command;
        arguments["project_dir"] = options.ProjectDirectory;
        Add("profiles_dir", options.ProfilesDirectory);
        Add("profile", options.Profile);
        Add("target", options.Target);
        Add("vars", options.Vars.Count == 0 ? null : new JinjaDict(options.Vars));
        Add("full_refresh", options.FullRefresh ? true : null);
        Add("empty", options.Empty ? true : null);
        Add("store_failures", options.StoreFailures ? true : null);
        return arguments;

        void Add(string name, object? value)
        {
            if (value is not null)
                arguments[name] = value;
        }
    }
}
