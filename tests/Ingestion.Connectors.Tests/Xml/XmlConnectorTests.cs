using System.Text;

namespace Ingestion.Connectors.Tests.Xml;

public sealed class XmlConnectorTests(PostgresFixture postgres)
{
    private const string Source = "format: xml\nfile: people.csv";

    private const string Record = "options: {record: /people/person}";

    private const string Fields = """
          - {name: id, type: bigint, required: true}
          - {name: name, type: text}
        """;

    [Fact]
    public async Task Attributes_and_elements_at_the_record_path_are_the_fields()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("""
            <?xml version="1.0"?>
            <people xmlns="urn:people" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
              <!-- a comment -->
              <note><person id="99"/></note>
              <person id="1"><name>Zoë &amp; <![CDATA[<co>]]></name></person>
              <person><id>2</id><name xsi:nil="true"/></person><person id="3"/>
              <people><person id="98"/></people>
            </people>
            """);

        (await stage.LoadAsync(LoadingStage.Contract(Fields, Record, Source))).Rows.ShouldBe(3);

        (await stage.QueryAsync("select id, name, meta_source_line from raw.people order by id")).ShouldBe(["1|Zoë & <co>|5", "2|null|6", "3|null|6"]);
    }

    [Fact]
    public async Task A_record_that_is_not_what_the_contract_says_is_quarantined()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("""
            <people>
              <person><id>1</id></person>
              <person><name>no id</name></person>
              <person><id>x</id></person>
              <person><id>4</id><id>5</id></person>
              <person><id>6</id><nmae>x</nmae></person>
              <person><id>7</id><name><first>x</first></name></person>
              <person><id>8</id>stray</person>
            </people>
            """);

        (await stage.LoadAsync(LoadingStage.Contract(Fields, Record, Source))).Rows.ShouldBe(1);

        (await stage.QueryAsync("select source_line, reason, raw_text from ingestion.quarantine order by source_line")).ShouldBe(
        [
            "3|id is missing, but required|<person><name>no id</name></person>",
            "4|id 'x' is not a number|<person><id>x</id></person>",
            "5|id occurs twice|<person><id>4</id><id>5</id></person>",
            "6|the field 'nmae' is not in people.yml; did you mean 'name'?|<person><id>6</id><nmae>x</nmae></person>",
            "7|name has elements inside, not one value|<person><id>7</id><name><first>x</first></name></person>",
            "8|the text 'stray' is between the fields|<person><id>8</id>stray</person>",
        ]);
    }

    [Fact]
    public async Task The_encoding_that_the_file_declares_is_its_encoding()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><people><person id=\"1\"><name>Zoë</name></person></people>", Encoding.Latin1);

        await stage.LoadAsync(LoadingStage.Contract(Fields, Record, Source));

        (await stage.QueryAsync("select name from raw.people")).ShouldBe(["Zoë"]);
    }

    [Fact]
    public async Task A_record_path_is_needed_and_must_be_there()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Write("<people><person id=\"1\"/></people>");

        (await stage.FailToLoadAsync(LoadingStage.Contract(Fields, "", Source))).Message
            .ShouldBe("Contract 'people' has the format xml, which needs 'options: {record: /orders/order}'; add it");
        (await stage.FailToLoadAsync(LoadingStage.Contract(Fields, "options: {record: /persons/person}", Source))).Message.ShouldStartWith(
            "'people.csv' has 0 rows to load, expected at least 1;");
    }
}
