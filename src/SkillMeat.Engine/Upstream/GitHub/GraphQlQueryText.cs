namespace SkillMeat.Upstream.GitHub;

/// <summary>
/// Writes the queries. Every repository and every object has an alias made of a letter and a number; <see cref="GraphQlAnswerReader"/> finds them again by the same rule.
/// </summary>
/// <remarks>
/// A named ref may be a tag, a branch or a commit, and which one is only known from the answer, so each is asked for under its own alias:
/// <c>t</c> for tags, <c>h</c> for branches (heads), <c>c</c> for commits.
/// </remarks>
internal sealed class GraphQlQueryText
{
    /// <summary>About the length of one object's question, so that the buffer is made once.</summary>
    private const int BytesPerObject = 120;

    private readonly GraphQlBody _text;

    private GraphQlQueryText(int objects)
    {
        _text = new GraphQlBody(1024 + (objects * BytesPerObject));
        _text.Append("query{");
    }

    /// <summary>The request body that asks about artifacts.</summary>
    public static ReadOnlyMemory<byte> ForParts(IReadOnlyList<GraphQlPart> parts)
    {
        var query = new GraphQlQueryText(parts.Sum(p => p.Weight));
        for (var r = 0; r < parts.Count; r++)
        {
            query.WriteRepository(r, parts[r]);
        }

        return query._text.Append("}").Finish();
    }

    /// <summary>The request body that reads files.</summary>
    public static ReadOnlyMemory<byte> ForFiles(IReadOnlyList<FileQuestion> files)
    {
        var query = new GraphQlQueryText(files.Count);
        for (var r = 0; r < files.Count; r++)
        {
            query.OpenRepository(r, files[r].Repository);
            for (var p = 0; p < files[r].Paths.Count; p++)
            {
                query.WriteObject($"f{p}", $"{files[r].Commit}:{files[r].Paths[p]}", files[r].WithText ? "__typename oid ...on Blob{text}" : "__typename oid");
            }

            query._text.Append("}");
        }

        return query._text.Append("}").Finish();
    }

    /// <summary>The ways in which a ref can be meant, each with its alias letter and its prefix in a revision expression; the first that exists is the one.</summary>
    public static IEnumerable<(char Letter, string Revision)> Readings(RefSpec follows)
    {
        if (follows.IsLatest)
        {
            yield return ('l', "HEAD");
            yield break;
        }

        yield return ('t', $"refs/tags/{follows.Name}");
        yield return ('h', $"refs/heads/{follows.Name}");
        if (follows.MayBeCommit)
        {
            yield return ('c', follows.Name!);
        }
    }

    /// <summary>The distinct named refs of a share, in the order of their aliases.</summary>
    public static IReadOnlyList<RefSpec> NamedRefs(GraphQlPart part) =>
        part.Paths.Select(p => p.Follows).Concat(part.Question.Containers.Select(c => c.Follows)).Where(f => !f.IsLatest).Distinct().ToList();

    /// <summary>The distinct base commits of a share, in the order of their aliases.</summary>
    public static IReadOnlyList<string> BaseCommits(GraphQlPart part) =>
        part.Paths.Select(p => p.BaseCommit).OfType<string>().Distinct(StringComparer.Ordinal).ToList();

    private void WriteRepository(int index, GraphQlPart part)
    {
        OpenRepository(index, part.Question.Repository);
        _text.Append("nameWithOwner defaultBranchRef{target{oid}}");
        if (part is { IsFirst: true, Question.WithFacts: true })
        {
            _text.Append(" description isArchived licenseInfo{spdxId} repositoryTopics(first:20){nodes{topic{name}}}");
        }

        WriteRefs(part);
        WritePaths(part);
        if (part.IsFirst)
        {
            WriteContainers(part.Question.Containers);
        }

        _text.Append("}");
    }

    private void OpenRepository(int index, RepositoryAddress repository)
    {
        _text.Append($" r{index}:repository(owner:").AppendString(repository.Owner!).Append(",name:").AppendString(repository.Name!).Append("){");
    }

    private void WriteRefs(GraphQlPart part)
    {
        var refs = NamedRefs(part);
        for (var i = 0; i < refs.Count; i++)
        {
            // An annotated tag can point at another tag; two levels are one more than is ever seen.
            WriteRef($"t{i}", $"refs/tags/{refs[i].Name}", "__typename oid ...on Tag{target{__typename oid ...on Tag{target{oid}}}}");
            WriteRef($"h{i}", $"refs/heads/{refs[i].Name}", "oid");
            if (refs[i].MayBeCommit)
            {
                WriteObject($"c{i}", refs[i].Name!, "__typename oid");
            }
        }

        var commits = BaseCommits(part);
        for (var i = 0; i < commits.Count; i++)
        {
            WriteObject($"b{i}", commits[i], "oid");
        }
    }

    private void WritePaths(GraphQlPart part)
    {
        var n = 0;
        foreach (var path in part.Paths)
        {
            foreach (var (letter, revision) in Readings(path.Follows))
            {
                WriteObject($"p{n}{letter}", $"{revision}:{path.Path}", "oid");
                if (path.Manifest != ManifestDetail.None)
                {
                    WriteManifests(n, letter, revision, path);
                }
            }

            if (path.BaseCommit is not null)
            {
                WriteObject($"o{n}", $"{path.BaseCommit}:{path.Path}", "oid");
            }

            n++;
        }
    }

    private void WriteManifests(int n, char letter, string revision, PathQuestion path)
    {
        var file = 0;
        foreach (var manifest in path.ManifestPaths())
        {
            WriteObject($"m{n}{letter}{file++}", $"{revision}:{manifest}", path.Manifest == ManifestDetail.Text ? "__typename oid ...on Blob{text}" : "__typename oid");
        }
    }

    private void WriteContainers(IReadOnlyList<ContainerQuestion> containers)
    {
        for (var i = 0; i < containers.Count; i++)
        {
            foreach (var (letter, revision) in Readings(containers[i].Follows))
            {
                WriteObject($"d{i}{letter}", $"{revision}:{containers[i].Path}", "...on Tree{entries{name type oid}}");
            }
        }
    }

    private void WriteRef(string alias, string qualifiedName, string fields) =>
        _text.Append(" ").Append(alias).Append(":ref(qualifiedName:").AppendString(qualifiedName).Append("){target{").Append(fields).Append("}}");

    private void WriteObject(string alias, string expression, string fields) =>
        _text.Append(" ").Append(alias).Append(":object(expression:").AppendString(expression).Append("){").Append(fields).Append("}");
}
