using Npgsql;

namespace Models.Compiler.Tests.Project;

public sealed class ProfileTests
{
    [Fact]
    public void The_profile_gives_the_target()
    {
        using var project = new TemporaryProject();

        var target = project.Parse().Target;

        (target.Name, target.Database, target.Schema, target.User, target.Threads).ShouldBe(("dev", "warehouse", "dev", "me", 3));
        new NpgsqlConnectionStringBuilder(target.ConnectionString).Password.ShouldBe("secret");
        target.Fields.ContainsKey("password").ShouldBeFalse();
    }

    [Fact]
    public void Another_target_can_be_asked_for()
    {
        using var project = new TemporaryProject();

        project.Parse(o => o with { Target = "prod" }).Target.Schema.ShouldBe("prod");
        project.Diagnose(o => o with { Target = "prd" })
            .ShouldHaveSingleItem().ShouldContain("error MDL1009: the profile 'shop' has no target 'prd'; did you mean 'prod'?");
    }

    [Fact]
    public void A_connection_string_takes_the_place_of_the_profile_and_its_search_path_is_the_schema()
    {
        using var project = new TemporaryProject();

        var target = project.Parse(o => o with { ConnectionString = "Host=elsewhere;Database=other;Username=you;Search Path=dev_you" }).Target;

        (target.Database, target.Schema, target.User, target.Threads).ShouldBe(("other", "dev_you", "you", 3));
        target.Fields["host"].ShouldBe("elsewhere");
    }

    [Fact]
    public void Without_profiles_a_connection_string_is_enough()
    {
        using var project = new TemporaryProject();
        File.Delete(project.PathOf("profiles.yml"));

        project.Parse(o => o with { ConnectionString = "Host=x;Database=other;Search Path=s" }).Target.Schema.ShouldBe("s");
    }

    [Fact]
    public void An_unset_variable_matters_only_where_its_value_is_needed()
    {
        using var project = new TemporaryProject().Write("profiles.yml",
            """
            shop:
              target: dev
              outputs:
                dev:
                  type: postgres
                  host: "{{ env_var('LEADLINE_TEST_UNSET_HOST') }}"
                  user: "{{ env_var('LEADLINE_TEST_UNSET_USER', 'me') }}"
                  port: "{{ env_var('LEADLINE_TEST_UNSET_PORT', '5433') | as_number }}"
                  dbname: warehouse
                  schema: dev
            """);

        project.Diagnose().ShouldContain(
            d => d.StartsWith("profiles.yml(6,13): error MDL2204: the environment variable 'LEADLINE_TEST_UNSET_HOST' is not set", StringComparison.Ordinal));
        project.Diagnose(o => o with { ConnectionString = "Host=x;Database=d;Search Path=s" }).ShouldBeEmpty();
    }

    [Fact]
    public void A_broken_connection_string_is_one_line()
    {
        using var project = new TemporaryProject();

        project.Diagnose(o => o with { ConnectionString = "Hst=x" }).ShouldHaveSingleItem().ShouldContain("MDL1012: the connection string is not valid");
    }

    [Fact]
    public void A_target_of_another_database_is_refused()
    {
        using var project = new TemporaryProject().Write("profiles.yml", "shop:\n  target: dev\n  outputs:\n    dev: {type: snowflake}\n");

        project.Diagnose().ShouldHaveSingleItem().ShouldContain("error MDL1010: the target 'dev' is of type 'snowflake', but only 'postgres' can be used");
    }
}
