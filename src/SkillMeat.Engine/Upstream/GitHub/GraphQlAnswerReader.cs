using System.Text.Json;
using SkillMeat.Errors;
using SkillMeat.Upstream.FrontMatters;

namespace SkillMeat.Upstream.GitHub;

/// <summary>Reads the answer to a query of <see cref="GraphQlQueryText"/>.</summary>
/// <param name="data">The <c>data</c> of the answer.</param>
/// <param name="errors">The errors of the answer.</param>
internal sealed class GraphQlAnswerReader(JsonElement data, GraphQlErrors errors)
{
    private const string HeadField = "defaultBranchRef";

    /// <summary>Reads the answer for one repository.</summary>
    public GraphQlShareAnswer Read(int index, GraphQlShare share)
    {
        var alias = $"r{index}";
        var refusal = errors.FindRefusal(alias, share.Repository);
        if (!data.TryGetProperty(alias, out var repository) || repository.ValueKind != JsonValueKind.Object || refusal is not null)
        {
            return new GraphQlShareAnswer { Share = share, Refusal = refusal, Error = errors.DescribeRepository(alias, share.Repository) };
        }

        // The fields are looked up hundreds of times, and JsonElement searches its members sequentially.
        var fields = FieldsOf(repository);
        var headError = errors.DescribeField(alias, HeadField, share.Repository);
        var head = headError is null ? ReadTarget(fields, HeadField) : null;
        return new GraphQlShareAnswer
        {
            Share = share,
            Head = head,
            HeadError = headError,
            Found = share.Lookups.Select((lookup, i) => ReadLookup(alias, $"l{i}", fields, lookup, share.Repository, head, headError)).ToList(),
            Facts = share.Header is { WithFacts: true } ? ReadFacts(fields) : null,
            RenamedTo = ReadNewName(fields, share.Repository),
        };
    }

    private GraphQlFound ReadLookup(
        string alias, string field, Dictionary<string, JsonElement> fields, GraphQlLookup lookup, RepositoryAddress repository, GraphQlObject? head, UpstreamException? headError)
    {
        if (errors.DescribeField(alias, field, repository) is { } error)
        {
            return new GraphQlFound(Object: null, Head: null, error);
        }

        if (!fields.TryGetValue(field, out var value))
        {
            return Unknown(repository, lookup);
        }

        if (lookup.Kind == GraphQlLookupKind.Comparison)
        {
            return new GraphQlFound(Object: null, Head: null, Error: null) { Comparison = ReadComparison(value) };
        }

        if (lookup.IsAtHead && headError is not null)
        {
            return new GraphQlFound(Object: null, Head: null, headError);
        }

        var found = lookup.Kind is GraphQlLookupKind.Tag or GraphQlLookupKind.Branch ? ReadTarget(fields, field) : ReadObject(value, lookup.Expression, lookup.Kind == GraphQlLookupKind.WholeText);
        // A folder without entries and without an error counts as unknown, not as empty.
        return lookup.Kind == GraphQlLookupKind.Folder && found is { IsFolder: true, Folder: null }
            ? Unknown(repository, lookup)
            : new GraphQlFound(found, lookup.IsAtHead ? head?.Id : null, Error: null);
    }

    private static GraphQlFound Unknown(RepositoryAddress repository, GraphQlLookup lookup) => new(
        Object: null, Head: null, new UpstreamException(ErrorIds.UpstreamUnavailable, $"{repository}: GitHub did not answer about '{lookup.Expression}'. Try again later."));

    private static GraphQlComparison? ReadComparison(JsonElement reference) =>
        reference.ValueKind == JsonValueKind.Object && reference.TryGetProperty("compare", out var compared) && compared.ValueKind == JsonValueKind.Object
        && ReadId(compared, "baseTarget") is { } branchCommit && ReadId(compared, "headTarget") is { } commit
        && compared.TryGetProperty("behindBy", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var behind) && behind >= 0
            ? new GraphQlComparison(branchCommit, commit, behind)
            : null;

    private static string? ReadId(JsonElement compared, string field) =>
        compared.TryGetProperty(field, out var target) && target.ValueKind == JsonValueKind.Object && target.TryGetProperty("oid", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;

    private static GraphQlObject? ReadTarget(Dictionary<string, JsonElement> fields, string field)
    {
        if (!fields.TryGetValue(field, out var reference) || reference.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var target = reference.GetProperty("target");
        while (target.ValueKind == JsonValueKind.Object && target.TryGetProperty("target", out var next))
        {
            target = next;
        }

        return ReadObject(target);
    }

    private static GraphQlObject? ReadObject(JsonElement found, string path = "", bool isWhole = false)
    {
        if (found.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var id = found.GetProperty("oid").GetString()!;
        var kind = found.TryGetProperty("__typename", out var type) ? type.GetString()! : "Commit";
        var folder = found.TryGetProperty("tree", out var tree) && tree.ValueKind == JsonValueKind.Object ? ReadFolder(tree) : ReadFolder(found);
        return new GraphQlObject(id, kind, folder, ReadText(found) is { } text ? isWhole ? text : FrontMatterReader.Head(path, text) : null);
    }

    private static GraphQlFolder? ReadFolder(JsonElement tree) => tree.TryGetProperty("entries", out var entries) && entries.ValueKind == JsonValueKind.Array
        ? new GraphQlFolder(
            tree.GetProperty("oid").GetString()!,
            entries.EnumerateArray()
                .Where(e => e.GetProperty("type").GetString() is "tree" or "blob")
                .Select(e => new TreeItem(e.GetProperty("name").GetString()!, e.GetProperty("type").GetString() == "tree", e.GetProperty("oid").GetString()!))
                .ToList())
        : null;

    /// <summary>Returns the text of a blob; null if GitHub truncated it or takes it for binary.</summary>
    private static string? ReadText(JsonElement blob) =>
        blob.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String
        && !(blob.TryGetProperty("isTruncated", out var cut) && cut.ValueKind == JsonValueKind.True)
        && !(blob.TryGetProperty("isBinary", out var binary) && binary.ValueKind == JsonValueKind.True)
            ? text.GetString()
            : null;

    private static RepositoryFacts ReadFacts(Dictionary<string, JsonElement> fields) => new(
        Description: NullIfEmpty(fields["description"]),
        Topics: fields["repositoryTopics"] is { ValueKind: JsonValueKind.Object } topics
            ? topics.GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("topic").GetProperty("name").GetString()!).ToList()
            : [],
        License: RepositoryFactsText.License(fields["licenseInfo"] is { ValueKind: JsonValueKind.Object } license ? NullIfEmpty(license.GetProperty("spdxId")) : null),
        IsArchived: fields["isArchived"].GetBoolean());

    private static RepositoryAddress? ReadNewName(Dictionary<string, JsonElement> fields, RepositoryAddress asked)
    {
        var now = fields["nameWithOwner"].GetString()!.Split('/');
        var address = RepositoryAddress.OnGitHub(new Uri(asked.Url!.GetLeftPart(UriPartial.Authority)), now[0], now[1]);
        return address.Equals(asked) ? null : address;
    }

    private static Dictionary<string, JsonElement> FieldsOf(JsonElement repository)
    {
        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var field in repository.EnumerateObject())
        {
            fields[field.Name] = field.Value;
        }

        return fields;
    }

    private static string? NullIfEmpty(JsonElement text) => string.IsNullOrWhiteSpace(text.GetString()) ? null : text.GetString()!.Trim();
}
