using System.Text;
using Ingestion.Connectors.Tests.BadFiles;
using Models.Contracts;

namespace Ingestion.Connectors.Tests.Stores;

/// <summary>Files in a bucket of an S3-compatible storage.</summary>
public sealed class ObjectStoreTests(PostgresFixture postgres)
{
    private const string Fields = """
          - {name: id, type: bigint, required: true}
          - {name: name, type: text}
        """;

    [Fact]
    public async Task Files_of_a_bucket_are_loaded_as_those_of_the_data_folder_are()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        await using var server = await S3Server.StartAsync();
        stage.ConnectionStrings["exports"] = server.Connection;
        Put(server, "people/2.csv", "id,name\n2,Zoë\n");
        Put(server, "people/10.csv", "id,name\n10,Ann\n");
        Put(server, "people/old/1.csv", "id,name\n1,no\n");
        Put(server, "people/x.txt", "no");
        server.Objects["people/3 é.csv"] = PackedFiles.Gzip(Encoding.UTF8.GetBytes("id,name\n3,Cid\nx,Dan\n"));
        server.Objects["people/"] = [];

        var result = await stage.LoadAsync(Contract("people/*.csv"));

        result.Files.Select(f => $"{f.Source} {f.Rows} {f.Quarantined}").ShouldBe(["people/10.csv 1 0", "people/2.csv 1 0", "people/3 é.csv 1 1"]);
        (await stage.QueryAsync("select id, name, meta_source_file from raw.people order by id"))
            .ShouldBe(["2|Zoë|people/2.csv", "3|Cid|people/3 é.csv", "10|Ann|people/10.csv"]);
        (await stage.LoadAsync(Contract("people/*.csv"))).AlreadyLoaded.ShouldBeTrue();
        Put(server, "people/4.csv", "id,name\n4\n");
        (await stage.FailToLoadAsync(Contract("people/*.csv"))).ToString().ShouldStartWith("exports:people/4.csv(2,1): error MDL6223: Nothing is loaded");
        (await stage.LoadAsync(Contract("people/2.csv"))).Rows.ShouldBe(1);
    }

    [Theory]
    [InlineData("people/1.csv", "", "There is no file 'people/1.csv' in the store 'exports'; put it there, or change 'file' in people.yml")]
    [InlineData("people/*.csv", "", "No file in the store 'exports' matches 'people/*.csv'; put one there, or change 'file' in people.yml")]
    [InlineData("people/*.csv", ";Bucket=others", "The store 'exports' cannot be read: The bucket does not exist; check ConnectionStrings__exports")]
    [InlineData("people/*.csv", ";AccessKey=stranger", "The store 'exports' cannot be read: The key is unknown; check ConnectionStrings__exports")]
    [InlineData("a.csv", ";Regoin=x", "The connection string of the store 'exports' has the unknown key 'regoin'; did you mean 'Region'?; set ConnectionStrings__")]
    [InlineData("a.csv", ";SecretKey=", "The connection string of the store 'exports' has one of 'AccessKey' and 'SecretKey' without the other; set Connection")]
    [InlineData("a.csv", ";Endpoint=ftp://x", "The connection string of the store 'exports' has an 'Endpoint' that is no address; set ConnectionStrings__exports")]
    public async Task A_store_that_cannot_be_read_is_one_clear_line(string file, string more, string message)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        await using var server = await S3Server.StartAsync();
        stage.ConnectionStrings["exports"] = server.Connection + more;

        var diagnostic = await stage.FailToLoadAsync(Contract(file));

        diagnostic.Message.ShouldStartWith(message);
        diagnostic.ToString().ShouldNotContain("s3cret");
        diagnostic.ToString().ShouldNotContain('\n');
    }

    private static Contract Contract(string file) => LoadingStage.Contract(Fields, "options: {store: exports}", $"format: csv\nfile: '{file}'");

    private static void Put(S3Server server, string name, string text) => server.Objects[name] = Encoding.UTF8.GetBytes(text);
}
