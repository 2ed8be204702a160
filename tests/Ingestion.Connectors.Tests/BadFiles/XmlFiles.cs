using static Ingestion.Connectors.Tests.BadFiles.Delivery;

namespace Ingestion.Connectors.Tests.BadFiles;

/// <summary>Bad XML files.</summary>
internal static class XmlFiles
{
    private const string Invalid = "error MDL6234: The file is not valid xml: ";
    private const string Dtd = Invalid + "it has a document type (DTD), which could make a small file grow without end or read other files; remove it";

    public static IReadOnlyList<BadFile> All { get; } =
    [
        New("an entity bomb", Refused(
            "<!DOCTYPE p [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><people><person id=\"1\"><name>&b;</name></person></people>",
                $"data(1,1): {Dtd}")),
        New("an external entity", Refused(
            "<!DOCTYPE p [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><people><person id=\"1\"><name>&a;</name></person></people>", $"data(1,1): {Dtd}")),
        New("an unknown entity", Refused(
            "<people><person id=\"1\"><name>&a;</name></person></people>", $"data(1,31): {Invalid}Reference to undeclared entity 'a'")),
        New("cut off", Refused("<people><person id=\"1\"><name>Ann",
            $"data(1,33): {Invalid}Unexpected end of file has occurred. The following elements are not closed: name, person, people")),
        New("an element that is not closed", Refused("<people><person id=\"1\"></people>",
            $"data(1,26): {Invalid}The 'person' start tag on line 1 position 10 does not match the end tag of 'people'")),
        New("separated values", Refused("id,name", $"data(1,1): {Invalid}Data at the root level is invalid")),
        New("a record without end", Refused("<people><person id=\"1\"><name>" + new string('x', 17 * 1024 * 1024),
            $"data(1,1): {Invalid}a record is longer than 16777216 characters; is an element not closed, or 'record' the path of one that holds them all?")),
        New("ten thousand levels", Of(
            $"<people><person id=\"1\"/><person>{Repeat("<a>")}{Repeat("</a>")}</person></people>", records: 2, loaded: 1,
                "1: a has elements inside, not one value")),
        New("an empty file", Refused("", "data: error MDL6205: The file is empty; expected the columns of people.yml")),
        New("no record at the path", Refused("<persons><person id=\"1\"/></persons>", "people.yml(1,7): error MDL6224: 'data' has 0 rows to load,")),
    ];

    private static BadFile New(string what, Delivery delivery) => new(what, "xml", delivery) { Rest = "options: {record: /people/person}" };

    private static string Repeat(string text) => string.Concat(Enumerable.Repeat(text, 10_000));
}
