namespace SkillMeat.Upstream.GitHub;

/// <summary>
/// Writes the queries. Repositories have the aliases <c>r0</c>, <c>r1</c> and so on, and their lookups <c>l0</c>, <c>l1</c>. <see
/// cref="GraphQlAnswerReader"/> uses the same names.
/// </summary>
internal sealed class GraphQlQueryText
{
    /// <summary>The approximate length of a lookup, so that the buffer is allocated only once.</summary>
    private const int BytesPerLookup = 200;

    private const string Entries = "entries{name type oid}";
    private const string Root = " ...on Commit{tree{oid " + Entries + "}}";

    private readonly GraphQlBody _text;

    private GraphQlQueryText(int lookups)
    {
        _text = new GraphQlBody(1024 + (lookups * BytesPerLookup));
        _text.Append("query{");
    }

    /// <summary>Returns the request body.</summary>
    public static ReadOnlyMemory<byte> For(IReadOnlyList<GraphQlShare> shares)
    {
        var query = new GraphQlQueryText(shares.Sum(s => 1 + s.Lookups.Count));
        for (var r = 0; r < shares.Count; r++)
        {
            query.WriteRepository(r, shares[r]);
        }

        return query._text.Append("}").Finish();
    }

    private void WriteRepository(int index, GraphQlShare share)
    {
        _text.Append($" r{index}:repository(owner:").AppendString(share.Repository.Owner!).Append(",name:").AppendString(share.Repository.Name!).Append("){nameWithOwner");
        if (share.Header is { } header)
        {
            _text.Append($" defaultBranchRef{{target{{__typename oid{(header.WithRoot ? Root : "")}}}}}");
            _text.Append(header.WithFacts ? " description isArchived licenseInfo{spdxId} repositoryTopics(first:20){nodes{topic{name}}}" : "");
        }
        else if (share.Lookups.Any(l => l.IsAtHead))
        {
            _text.Append(" defaultBranchRef{target{__typename oid}}");
        }

        for (var i = 0; i < share.Lookups.Count; i++)
        {
            WriteLookup($"l{i}", share.Lookups[i]);
        }

        _text.Append("}");
    }

    private void WriteLookup(string alias, GraphQlLookup lookup)
    {
        var root = lookup.WithRoot ? Root : "";
        _ = lookup.Kind switch
        {
            // An annotated tag can point to another tag; two levels are more than ever occur.
            GraphQlLookupKind.Tag => WriteRef(alias, $"refs/tags/{lookup.Expression}", $"__typename oid{root} ...on Tag{{target{{__typename oid{root} ...on Tag{{target{{__typename oid{root}}}}}}}}}"),
            GraphQlLookupKind.Branch => WriteRef(alias, $"refs/heads/{lookup.Expression}", $"__typename oid{root}"),
            GraphQlLookupKind.Commit => WriteObject(alias, lookup.Expression, $"__typename oid{root}"),
            GraphQlLookupKind.Folder => WriteObject(alias, lookup.Expression, $"__typename oid ...on Tree{{{Entries}}}"),
            GraphQlLookupKind.Comparison => WriteComparison(alias, lookup),
            GraphQlLookupKind.Text or GraphQlLookupKind.WholeText => WriteObject(alias, lookup.Expression, "__typename oid ...on Blob{isTruncated isBinary text}"),
            _ => WriteObject(alias, lookup.Expression, "__typename oid"),
        };
    }

    private GraphQlBody WriteRef(string alias, string qualifiedName, string fields) =>
        _text.Append($" {alias}:ref(qualifiedName:").AppendString(qualifiedName).Append("){target{").Append(fields).Append("}}");

    private GraphQlBody WriteComparison(string alias, GraphQlLookup lookup)
    {
        if (lookup.Branch is { } branch) _text.Append($" {alias}:ref(qualifiedName:").AppendString($"refs/heads/{branch}").Append(")");
        else _text.Append($" {alias}:defaultBranchRef");
        return _text.Append("{compare(headRef:").AppendString(lookup.Expression).Append("){behindBy baseTarget{oid} headTarget{oid}}}");
    }

    private GraphQlBody WriteObject(string alias, string expression, string fields) =>
        _text.Append($" {alias}:object(expression:").AppendString(expression).Append("){").Append(fields).Append("}");
}
