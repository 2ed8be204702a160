using Models.Project.Graph;
using Models.Project.Store;

namespace Models.Parsing.PartialParsing;

/// <summary>A node in a record.</summary>
/// <param name="Node">The node.</param>
/// <param name="Text">The position of a model's text.</param>
/// <param name="ContentHash">The digest of the node's content in the record.</param>
internal sealed record RecordedNode(Node Node, RecordedText Text, Digest ContentHash);

/// <summary>A range of a record that contains UTF-8 text.</summary>
internal readonly record struct RecordedText(int Start, int Length);
