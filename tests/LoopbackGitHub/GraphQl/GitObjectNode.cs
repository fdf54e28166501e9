using System.Text;

namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>A commit, tree, blob or annotated tag.</summary>
internal sealed class GitObjectNode(RepositoryNode repository, GitObjectInfo info) : IGraphQlNode
{
    private const int AbbreviatedLength = 7;
    private const int BinaryProbe = 8000;

    private GitText? _text;

    public string TypeName { get; } = info.Type switch
    {
        "commit" => "Commit",
        "tree" => "Tree",
        "blob" => "Blob",
        "tag" => "Tag",
        _ => throw new InvalidOperationException(info.Type),
    };

    private HostedRepository Repository => repository.View.Repository;

    private GitText Text => _text ??= repository.View.ReadText(info.Id);

    public object? Resolve(FieldCall call) => call.Name switch
    {
        "oid" => info.Id,
        "id" => NodeId.Of(TypeName[..1], $"{Repository.Id}:{info.Id}"),
        "abbreviatedOid" => info.Id[..AbbreviatedLength],
        "commitResourcePath" => $"/{repository.View.Name}/commit/{info.Id}",
        "commitUrl" => $"{repository.Url}/commit/{info.Id}",
        "repository" => repository,
        _ => info.Type switch
        {
            "commit" => ResolveCommit(call),
            "tree" => TreeEntryNode.ListOf(repository, info.Id, folder: null),
            "blob" => ResolveBlob(call),
            _ => ResolveTag(call),
        },
    };

    private object? ResolveCommit(FieldCall call) => call.Name switch
    {
        "tree" => Target(Text["tree"]),
        "committedDate" => GitSignature.Parse(Text["committer"]).UtcText,
        "authoredDate" => GitSignature.Parse(Text["author"]).UtcText,
        "author" => Actor("author"),
        "committer" => Actor("committer"),
        "message" => Text.Message.TrimEnd('\n'),
        "messageHeadline" => Text.Headline,
        "messageBody" => Text.Body,
        "url" => $"{repository.Url}/commit/{info.Id}",
        "file" => TreeEntryNode.Find(repository, Text["tree"], call.Text("path")!),
        _ => throw new InvalidOperationException(call.Name),
    };

    private object? ResolveBlob(FieldCall call) => call.Name switch
    {
        "byteSize" => info.Size,
        "isTruncated" => info.Size > repository.Session.MaxText,
        "isBinary" => IsBinary(Repository.Read(info.Id)),
        "text" => TextOf(Repository.Read(info.Id), repository.Session.MaxText),
        _ => throw new InvalidOperationException(call.Name),
    };

    private object? ResolveTag(FieldCall call) => call.Name switch
    {
        "name" => Text["tag"],
        "message" => Text.Message,
        "tagger" => Actor("tagger"),
        "target" => Target(Text["object"]),
        _ => throw new InvalidOperationException(call.Name),
    };

    private GitObjectNode Target(string id) =>
        repository.NodeOf(repository.View.Resolve(id) ?? throw new GitFailedException($"The object {id} is not there."));

    private RecordNode? Actor(string header)
    {
        if (Text[header].Length == 0)
        {
            return null;
        }

        var signature = GitSignature.Parse(Text[header]);
        return new RecordNode("GitActor", new Dictionary<string, object?>
        {
            ["name"] = signature.Name,
            ["email"] = signature.Email,
            ["date"] = signature.UtcText,
        });
    }

    private static bool IsBinary(byte[] content) => content.AsSpan(0, Math.Min(content.Length, BinaryProbe)).Contains((byte)0);

    private static string? TextOf(byte[] content, int most)
    {
        if (IsBinary(content))
        {
            return null;
        }

        var length = Math.Min(content.Length, most);
        // Not within a character: a continuation byte at the cut belongs to the one before it.
        while (length < content.Length && length > 0 && (content[length] & 0xC0) == 0x80)
        {
            length--;
        }

        return Encoding.UTF8.GetString(content, 0, length);
    }
}
