namespace Models.MSBuild.Tests;

public sealed class PackageTests
{
    [Fact]
    public void A_project_elsewhere_uses_the_package()
    {
        var version = $"0.0.1-test{Environment.ProcessId}x{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}";
        using var scenario = BuildScenario.Create();
        var project = Path.Combine(BuildScenario.RepositoryRoot, "Models", "MSBuild", "Models.MSBuild.csproj");
        scenario.Dotnet("pack", project, "--no-build", "-c", "Debug", "-o", scenario.PathOf("feed"), $"-p:Version={version}").ShouldSucceed();
        scenario.Write(
            "nuget.config",
            """
            <configuration>
              <packageSources><add key="here" value="feed" /></packageSources>
            </configuration>
            """);
        scenario.Write(
            "Shop.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
              <ItemGroup>
                <ModelProject Include="shop/dbt_project.yml" />
                <PackageReference Include="Npgsql" Version="10.0.0" />
                <PackageReference Include="Leadline.Models.MSBuild" Version="{version}" PrivateAssets="all" />
              </ItemGroup>
            </Project>
            """);

        try
        {
            var built = scenario.Build();
            built.ShouldSucceed();
            built.CompiledModels.ShouldBeTrue(built.Output);

            scenario.Replace("shop/models/revenue.sql", "sum(amount)", "sum(amuont)");
            scenario.Build("--no-restore").Diagnostics.ShouldHaveSingleItem().ShouldContain("revenue.sql(3,7): error MDL5001");
        }
        finally
        {
            var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
                ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
            var unpacked = Path.Combine(packages, "leadline.models.msbuild", version);
            if (Directory.Exists(unpacked))
                Directory.Delete(unpacked, recursive: true);
        }
    }
}
