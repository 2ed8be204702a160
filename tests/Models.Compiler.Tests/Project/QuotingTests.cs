using Models.Project.Graph;
using Models.Rendering.Connections;

namespace Models.Compiler.Tests.Project;

public sealed class QuotingTests
{
    [Fact]
    public void A_name_that_is_not_quoted_is_printed_as_written_and_is_the_one_the_server_folds_it_to()
    {
        using var project = new TemporaryProject("quoting: {identifier: false}\n")
            .Models(("Lead", "select '{{ this.identifier }}' as name, id from {{ source('raw', 'Orders') }} -- source"), (
                "Reader", "select id from {{ ref('Lead') }} -- {{ this }}"))
            .Write("models/sources.yml",
                "sources:\n  - name: raw\n    schema: Raw\n    quoting: {schema: false}\n    tables:\n      - name: Orders\n        columns: [{name: id, " +
                "data_type: int}]\n");

        project.Compile("model.shop.Lead").ShouldBe("""select 'Lead' as name, id from "warehouse".Raw."Orders" -- source""");
        project.Compile("model.shop.Reader").ShouldBe("""select id from "warehouse"."dev".Lead -- "warehouse"."dev".Reader""");
        var lead = (ModelNode)project.Parse().Graph["model.shop.Lead"];
        lead.Relation.ShouldBe(new Relation("warehouse", "dev", "lead"));
        lead.Relation.ToString().ShouldBe("""
            "warehouse"."dev".Lead
            """);
    }

    [Fact]
    public void Sources_have_a_quoting_of_their_own()
    {
        using var project = new TemporaryProject("quoting: {database: false, schema: false, identifier: false}\n")
            .Models(("Lead", "select id from {{ source('raw', 'Orders') }} join {{ source('raw', 'Lines') }} using (id)"))
            .Write("models/sources.yml",
                "sources:\n  - name: raw\n    quoting: {identifier: true}\n    tables:\n      - name: Orders\n        columns: [{name: id, data_type: " +
                "int}]\n      - name: Lines\n        quoting: {identifier: false, database: true}\n        columns: [{name: id, data_type: int}]\n");

        project.Compile("model.shop.Lead").ShouldBe("""select id from "warehouse"."raw"."Orders" join "warehouse"."raw".Lines using (id)""");
    }

    [Fact]
    public void Templates_find_a_relation_by_the_name_the_server_has()
    {
        const string template =
            """
            {%- set found = adapter.get_relation(database=this.database, schema='Dev', identifier='Orders') -%}
            {{ found.identifier }} {{ load_relation(ref('Orders')).type }} {{ ref('Orders').matches(identifier='ORDERS') }} {{ adapter.quote_as_configured('Orders', 'identifier') }} {{ api.Relation.create(schema='Dev', identifier='X') }}
            """;
        using var project = new TemporaryProject("quoting: {schema: false, identifier: false}\n").Models(("Orders", "select 1 as id"), ("reader", template));

        project.Compile("model.shop.reader", connection: new OneTable()).ShouldBe("orders table True Orders Dev.X");
    }

    [Theory]
    [InlineData("\"w\".\"S\".\"T\"", "S", "T")]
    [InlineData("\"w\".\"S\".T", "S", "t")]
    [InlineData("\"w\".S.T", "s", "t")]
    [InlineData("", "S", "T")]
    public void What_an_earlier_manifest_names_is_the_relation_the_server_has(string printed, string schema, string identifier)
    {
        var relation = new Relation("w", "S", "T").SpelledLike(printed);

        relation.ShouldBe(new Relation("w", schema, identifier));
        relation.AsWritten.Identifier.ShouldBe("T");
    }

    private sealed class OneTable : IAdapterConnection
    {
        public QueryResult Execute(string sql) => QueryResult.Empty;

        public IReadOnlyList<AdapterRelation> ListRelations(string schema) =>
            schema == "dev" ? [new AdapterRelation(new Relation("warehouse", "dev", "orders"), "table")] : [];

        public IReadOnlyList<AdapterColumn> ListColumns(Relation relation) => [];
    }
}
