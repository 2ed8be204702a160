using System.CommandLine;
using Models.Database;

namespace Models.Runner.Commands;

/// <c>leadline init</c>: creates a new project that builds.
internal static class InitCommand
{
    public static Command Create()
    {
        var command = new Command("init", "Creates a new project that builds.");
        var name = new Argument<string?>("name") { Description = "The project's name, of letters, digits and underscores.", Arity = ArgumentArity.ZeroOrOne };
        var skipProfile = new Option<bool>("--skip-profile-setup", "-s") { Description = "Don't create profiles.yml, because the profile is in ~/.dbt." };
        command.Arguments.Add(name);
        command.Options.Add(skipProfile);
        command.SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, observer =>
        {
            var project = parsed.GetValue(name) ?? Ask();
            if (project.Length == 0 || char.IsAsciiDigit(project[0]) || !project.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
                throw new RunException($"'{project}' is not a valid project name: use letters, digits and underscores, with no digit first.");

            var root = Path.GetFullPath(project);
            if (Directory.Exists(root))
                throw new RunException($"The folder '{root}' already exists; choose another name.");

            foreach (var (file, text) in Files(project).Where(f => f.File != "profiles.yml" || !parsed.GetValue(skipProfile)))
            {
                var path = Path.Combine(root, file);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, text);
            }

            observer.Message($"Created {root}. Put your connection into profiles.yml, then: leadline build --project-dir {project}", isWarning: false);
            return Task.FromResult(ExitCodes.Success);
        }));
        return command;
    }

    private static string Ask()
    {
        if (Console.IsInputRedirected)
            throw new RunException("Name the project: leadline init NAME.");

        Console.Write("A name for the project (letters, digits, underscores): ");
        return Console.ReadLine()?.Trim() ?? "";
    }

    private static IEnumerable<(string File, string Text)> Files(string project) =>
    [
        ("dbt_project.yml", $"""
            name: {project}
            version: "1.0.0"
            profile: {project}

            models:
              {project}:
                +materialized: view

            """),
        ("profiles.yml", $$$"""
            {{{project}}}:
              target: dev
              outputs:
                dev:
                  type: postgres
                  host: "{{ env_var('PGHOST', 'localhost') }}"
                  port: "{{ env_var('PGPORT', '5432') | as_number }}"
                  user: "{{ env_var('PGUSER', 'postgres') }}"
                  password: "{{ env_var('PGPASSWORD', '') }}"
                  dbname: "{{ env_var('PGDATABASE', 'postgres') }}"
                  schema: dev
                  threads: 4

            """),
        ("models/first_days.sql", """
            select day::date as day
            from generate_series(date '2026-01-01', date '2026-01-07', interval '1 day') as day

            """),
        ("models/schema.yml", """
            models:
              - name: first_days
                description: The first seven days of 2026, one row a day.
                columns:
                  - name: day
                    data_tests: [unique, not_null]

            """),
        (".gitignore", """
            target/
            dbt_packages/

            """),
    ];
}
