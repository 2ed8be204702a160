namespace Models.Runner.Tests;

/// <summary><c>deps</c>: packages, and those that they list.</summary>
public sealed class DepsTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_local_package_is_linked_under_its_name_with_the_packages_that_it_lists()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("integration_tests/dbt_project.yml", "name: crm_tests\nversion: '1.0'\nprofile: shop\n")
            .Write("integration_tests/packages.yml", "packages: [{local: ../}]")
            .Write("integration_tests/models/a.sql", "select {{ crm.label() }} as label, {{ kit.one() }} as one")
            .Write("dbt_project.yml", "name: crm\nversion: '1.0'\nprofile: shop\n")
            .Write("packages.yml", "packages: [{local: 'lib/the-kit'}]")
            .Write("macros/label.sql", "{% macro label() %}'crm'{% endmacro %}")
            .Write("lib/the-kit/dbt_project.yml", "name: kit\n")
            .Write("lib/the-kit/macros/one.sql", "{% macro one() %}1{% endmacro %}");

        var (exitCode, _, errors) = await LeadlineProcess.RunInAsync(project, "integration_tests", "deps");
        exitCode.ShouldBe(0, errors);
        Directory.EnumerateDirectories(Path.Combine(project.Folder, "integration_tests/dbt_packages"))
            .Select(Path.GetFileName).Order().ShouldBe(["crm", "kit"]);

        (exitCode, var output, errors) = await LeadlineProcess.RunInAsync(project, "integration_tests", "run");
        exitCode.ShouldBe(0, output + errors);
        (await project.ScalarAsync("select label || one from dev.a")).ShouldBe("crm1");
    }

    [Fact]
    public async Task What_a_package_needs_from_elsewhere_is_named_too()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("packages.yml", "packages: [{local: own}]")
            .Write("own/dbt_project.yml", "name: own\n")
            .Write("own/packages.yml",
                "packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.3.0\n  - git: https://example.org/some-kit.git\n    revision: main\n");

        var (exitCode, _, errors) = await LeadlineProcess.RunAsync(project, "deps");
        exitCode.ShouldBe(2);
        errors.ShouldContain("'dbt-labs/dbt_utils' must be downloaded");
        errors.ShouldContain("'https://example.org/some-kit.git' must be downloaded");

        project.Write("dbt_packages/dbt_utils/dbt_project.yml", "name: dbt_utils\n").Write("dbt_packages/some_kit/dbt_project.yml", "name: some_kit\n");
        (await LeadlineProcess.RunAsync(project, "deps")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_secret_in_the_address_of_a_package_is_not_shown_whatever_a_template_makes_of_it()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("packages.yml",
            "packages: [{git: \"https://ann:{{ env_var('DBT_ENV_SECRET_TOKEN') | replace(' ', '+') }}@example.org/kit.git\", revision: main}]\n");

        var (exitCode, output, errors) = await LeadlineProcess.RunAsync(
            project, ["deps"], new Dictionary<string, string> { ["DBT_ENV_SECRET_TOKEN"] = "open sesame" });

        exitCode.ShouldBe(2);
        (output + errors).ShouldNotContain("sesame");
        errors.ShouldContain("dbt_packages/kit");
    }
}
