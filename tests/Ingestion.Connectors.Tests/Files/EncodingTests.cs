using System.Text;

namespace Ingestion.Connectors.Tests.Files;

/// <summary>Bytes that are not in a file's encoding are reported, never replaced or taken for another encoding.</summary>
public sealed class EncodingTests(PostgresFixture postgres)
{
    private const string Fields = """
          - {name: id, type: integer, required: true}
          - {name: name, type: text}
        """;

    private const string Advice = "save it as UTF-8, or name its encoding in people.yml, for example 'options: {encoding: windows-1252}'";

    [Theory]
    [InlineData(0)]
    [InlineData(262_130)]
    [InlineData(262_131)]
    [InlineData(262_132)]
    [InlineData(262_133)]
    [InlineData(600_000)]
    public async Task A_byte_that_is_not_utf_8_is_reported_with_its_offset(int padding)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        byte[] start = [.. "id,name\n1,"u8, .. Enumerable.Repeat((byte)'x', padding), .. "café"u8];
        stage.Write([.. start, 0xE9, .. "\n2,café\n"u8]);

        (await stage.FailToLoadAsync(LoadingStage.Contract(Fields))).Message
            .ShouldBe($"The file is not written in utf-8: byte 0xe9 at offset {start.Length}; {Advice}");
    }

    [Theory]
    [InlineData("windows-1252")]
    [InlineData("iso-8859-1")]
    public async Task The_encoding_that_the_contract_names_is_taken(string encoding)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write(Encoding.Latin1.GetBytes("id,name\n1,Zo\u00eb\n"));

        await stage.LoadAsync(LoadingStage.Contract(Fields, $"options: {{encoding: {encoding}}}"));

        (await stage.QueryAsync("select name from raw.people")).ShouldBe(["Zoë"]);
    }

    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16le", false)]
    public async Task A_byte_order_mark_says_what_the_contract_leaves_open(string given, bool isBigEndian)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var encoding = new UnicodeEncoding(isBigEndian, byteOrderMark: true);
        stage.Write([.. encoding.GetPreamble(), .. encoding.GetBytes("id,name\n1,Zoë\n")]);

        await stage.LoadAsync(LoadingStage.Contract(Fields, $"options: {{encoding: {given}}}"));

        (await stage.QueryAsync("select name from raw.people")).ShouldBe(["Zoë"]);
    }

    [Theory]
    [InlineData("windows-1252", "utf-8")]
    [InlineData("utf-8", "utf-16")]
    [InlineData("utf-16BE", "utf-16")]
    public async Task A_byte_order_mark_that_contradicts_the_contract_is_refused(string given, string marked)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var encoding = Encoding.GetEncoding(marked);
        stage.Write([.. encoding.GetPreamble(), .. encoding.GetBytes("id,name\n1,café\n")]);

        (await stage.FailToLoadAsync(LoadingStage.Contract(Fields, $"options: {{encoding: {given}}}"))).Message
            .ShouldBe($"The file is not written in {given}: it begins with the byte order mark of {marked}; save it so, or correct 'encoding' in people.yml");
    }

    [Fact]
    public async Task Text_of_a_database_without_an_encoding_is_reported_where_it_is_not_utf_8()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var name = $"ascii_{Guid.NewGuid():N}";
        await stage.QueryAsync($"create database {name} encoding sql_ascii locale 'C' template template0");
        var connectionString = new Npgsql.NpgsqlConnectionStringBuilder(postgres.Server.ConnectionString()) { Database = name }.ConnectionString;
        stage.ConnectionStrings["shop"] = connectionString;
        await using (var source = Npgsql.NpgsqlDataSource.Create(connectionString))
        await using (var command = source.CreateCommand(@"create table people (id int, name text); insert into people values (1, 'Ann'), (2, E'caf\xe9')"))
            await command.ExecuteNonQueryAsync();

        (await stage.FailToLoadAsync(LoadingStage.Contract(Fields, "options: {connection: shop, table: people}", "format: postgres"))).Message
            .ShouldStartWith("The table 'people' of connection 'shop' cannot be read: 'name' of row 2 is not UTF-8 (0xe9 at offset 3); ");
    }
}
