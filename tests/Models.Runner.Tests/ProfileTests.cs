using Models.Database;
using Models.Engine;
using Npgsql;

namespace Models.Runner.Tests;

public sealed class ProfileTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Role_and_search_path_of_the_profile_are_in_force()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        var role = $"builder_{Guid.NewGuid():N}";
        await project.ExecuteAsync($"""
            create role {role};
            create schema dev authorization {role};
            create schema extra authorization {role};
            create function extra.answer() returns int language sql as 'select 42';
            """);
        WriteProfile(project, $"role: {role}", "search_path: 'extra, public'", "connect_timeout: 5", "keepalives_idle: 30", "sslmode: prefer", "retries: 2");
        project.Model("m", "{{ config(materialized='table') }} select current_user::text as who, answer() as answer, current_setting('search_path') as path");

        (await project.RunAsync(WithoutConnection(project))).ShouldSucceed();

        (await project.ScalarAsync("select who || ' ' || answer || ' ' || path from dev.m")).ShouldBe($"{role} 42 extra, public");
        (await project.ScalarAsync("select tableowner from pg_tables where schemaname = 'dev'")).ShouldBe(role);
    }

    [Fact]
    public async Task Another_role_takes_over_what_it_may_and_is_told_what_it_may_not()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        var (first, member, stranger) = ($"first_{Guid.NewGuid():N}", $"member_{Guid.NewGuid():N}", $"stranger_{Guid.NewGuid():N}");
        await project.ExecuteAsync($"""
            create role {first}; create role {member} in role {first}; create role {stranger};
            create schema dev authorization {first}; grant all on schema dev to {member}, {stranger};
            """);
        project.Model("m", "{{ config(materialized='table') }} select current_user::text as who").Model("v", "select who from {{ ref('m') }}");
        WriteProfile(project, $"role: {first}");
        (await project.RunAsync(WithoutConnection(project))).ShouldSucceed();

        WriteProfile(project, $"role: {member}");
        (await project.RunAsync(WithoutConnection(project))).ShouldSucceed();
        (await project.ScalarAsync("select who from dev.v")).ShouldBe(member);

        WriteProfile(project, $"role: {stranger}");
        var refused = await project.RunAsync(WithoutConnection(project));
        refused.Results[0].Status.ShouldBe(NodeStatus.Error);
        refused.Results[0].Message.ShouldEndWith("m.sql: must be owner of table m");
        (await project.ScalarAsync("select who from dev.v")).ShouldBe(member);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\n")]
    public async Task An_empty_profiles_file_has_no_profile(string text)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("profiles.yml", text).Model("m", "select 1 as id");

        var mistake = await Should.ThrowAsync<RunException>(() => project.RunAsync(WithoutConnection(project)));

        mistake.Diagnostics.Single().ToString().ShouldEndWith("profiles.yml: error MDL1008: there is no profile 'shop' in profiles.yml");
    }

    [Theory]
    [InlineData("sslmode: sometimes", "sslmode")]
    [InlineData("connect_timeout: soon", "connect_timeout")]
    [InlineData("retries: -1", "retries")]
    public async Task A_value_that_cannot_be_is_reported_where_it_is_written(string line, string key)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        WriteProfile(project, line);

        var mistake = await Should.ThrowAsync<RunException>(() => project.RunAsync(WithoutConnection(project)));

        mistake.Diagnostics.Single().Message.ShouldContain(key);
        mistake.Diagnostics.Single().Span.File.ShouldEndWith("profiles.yml");
    }

    [Theory]
    [InlineData("retries: 0", 0)]
    [InlineData("retries: 2", 2)]
    [InlineData("threads: 1", 1)]
    public async Task A_server_that_does_not_answer_is_tried_again_as_often_as_said(string line, int retries)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        WriteProfile(project, line);
        File.WriteAllText(Path.Combine(project.Folder, "profiles.yml"), File.ReadAllText(Path.Combine(project.Folder, "profiles.yml"))
            .Replace("host: ", "host: /no/such/folder/", StringComparison.Ordinal));
        var said = new MessageLines();

        await Should.ThrowAsync<RunException>(() => project.RunAsync(WithoutConnection(project), said));

        said.Lines.Count(l => l.Contains("trying again", StringComparison.Ordinal)).ShouldBe(retries);
    }

    private static RunOptions WithoutConnection(TestProject project) =>
        new() { Verb = RunVerb.Run, Compile = project.Options() with { ConnectionString = null, ProfilesDirectory = project.Folder } };

    private static void WriteProfile(TestProject project, params string[] lines)
    {
        var connection = new NpgsqlConnectionStringBuilder(project.ConnectionString);
        project.Write("profiles.yml", $"""
            shop:
              target: dev
              outputs:
                dev:
                  type: postgres
                  host: {connection.Host}
                  port: {connection.Port}
                  user: {connection.Username}
                  password: '{connection.Password}'
                  dbname: {connection.Database}
                  schema: dev
                  {string.Join("\n      ", lines)}
            """);
    }
}
