namespace Models.Runner.Tests;

/// <summary>What is given under a secret's name is used, but neither shown nor kept.</summary>
public sealed class SecretTests(PostgresFixture postgres)
{
    private const string Secret = "hunter2-abc";

    [Fact]
    public async Task A_secret_var_stands_in_no_artifact_log_or_history()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select nothing_{{ 'x' if var('DBT_ENV_SECRET_KEY') | length == 11 else 'y' }} as id")
            .Model("b", "{{ exceptions.raise_compiler_error('the key is ' ~ var('DBT_ENV_SECRET_KEY')) if execute else '' }}select 1 as id");

        var (exitCode, output, errors) = await LeadlineProcess.RunAsync(
            project, "run", "--log-path", "logs", "--vars", $"{{DBT_ENV_SECRET_KEY: {Secret}, plain: 'x{Secret}', nested: {{a: [{Secret}]}}}}");

        exitCode.ShouldBe(1);
        (output + errors).ShouldContain("nothing_x");
        (output + errors).ShouldContain("the key is *****");
        (output + errors).ShouldNotContain(Secret);
        var results = File.ReadAllText(Path.Combine(project.Folder, "target/run_results.json"));
        results.ShouldContain("\"plain\":\"x*****\"");
        foreach (var file in Directory.EnumerateFiles(project.Folder, "*", SearchOption.AllDirectories)
            .Where(f => f.Contains("target", StringComparison.Ordinal) || f.Contains("logs", StringComparison.Ordinal)))
            File.ReadAllText(file).ShouldNotContain(Secret, customMessage: file);
        (await project.ScalarAsync($"select count(*) from leadline.node_results r where r::text like '%{Secret}%'")).ShouldBe("0");

        (exitCode, _, errors) = await LeadlineProcess.RunAsync(project, "retry");
        exitCode.ShouldBe(2);
        errors.Trim().ShouldBe("The last run had the secret var 'DBT_ENV_SECRET_KEY', which is not stored; give --vars again.");
    }

    [Fact]
    public async Task A_secret_of_the_environment_is_hidden_in_messages()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", $"select '{Secret}'::int as id");

        var (_, output, errors) = await LeadlineProcess.RunAsync(project, ["run"], new Dictionary<string, string> { ["DBT_ENV_SECRET_KEY"] = Secret });

        (output + errors).ShouldContain("invalid input syntax for type integer: \"*****\"");
    }
}
