using System.Reflection;
using Models.Contracts;

namespace Ingestion.Connectors.Tests.Loading;

/// <summary>A file is loaded anew where its contract reads it in another way, and only there.</summary>
public sealed class BatchIdentityTests(PostgresFixture postgres)
{
    public static TheoryData<string> Options => [.. typeof(ContractOptions).GetProperties().Where(p => p.CanWrite).Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Options))]
    public async Task An_option_makes_a_new_batch_unless_it_is_marked_as_giving_the_same_rows(string option)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("id\n1\n2\n");
        var contract = LoadingStage.Contract("  - {name: id, type: bigint, required: true}");
        await stage.LoadAsync(contract);
        var property = typeof(ContractOptions).GetProperty(option)!;
        var changed = contract.Options with { };
        if (option is not (nameof(ContractOptions.File) or nameof(ContractOptions.Files) or nameof(ContractOptions.Store)))
            property.SetValue(changed, Another(property));

        (await stage.LoadAsync(contract with { Options = changed })).AlreadyLoaded.ShouldBe(property.IsDefined(typeof(SameRowsAttribute)));
    }

    /// <summary>SHA-256 of the content's hash and the contract's first options, as before there were others.</summary>
    [Fact]
    public async Task A_contract_without_newer_options_gives_the_batch_the_id_that_it_always_had()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("id\n1\n2\n");

        (await stage.LoadAsync(LoadingStage.Contract("  - {name: id, type: bigint, required: true}"))).BatchId.ShouldBe(
            Guid.Parse("ec89f5ae-ed65-1d50-8a75-2c16c05e4a0e"));
    }

    private static object Another(PropertyInfo property) => property.Name switch
    {
        nameof(ContractOptions.Encoding) => "us-ascii",
        nameof(ContractOptions.IndexColumn) => false,
        nameof(ContractOptions.Http) => new HttpOptions { Url = new Uri("https://example.com") },
        _ when property.PropertyType == typeof(string) => "another",
        _ when property.PropertyType == typeof(int) || property.PropertyType == typeof(int?) => 7,
        _ when property.PropertyType == typeof(long?) => 7L,
        _ when property.PropertyType == typeof(char?) || property.PropertyType == typeof(char) => ';',
        _ when property.PropertyType == typeof(IReadOnlyList<string>) => new[] { "another" },
        _ => Activator.CreateInstance(property.PropertyType)!,
    };
}
