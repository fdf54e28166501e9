using System.Text.Json;
using SkillMeat.Errors;

namespace SkillMeat.Upstream.GitHub;

/// <summary>Reads the answer to one query of <see cref="GraphQlQueryText"/>.</summary>
internal sealed class GraphQlAnswerReader
{
    private readonly JsonElement _data;
    private readonly GraphQlErrors _errors;

    public GraphQlAnswerReader(JsonElement data, GraphQlErrors errors)
    {
        _data = data;
        _errors = errors;
    }

    /// <summary>The answer for one share of a question.</summary>
    public RepositoryAnswer ReadPart(int index, GraphQlPart part)
    {
        var alias = $"r{index}";
        if (!_data.TryGetProperty(alias, out var repository) || repository.ValueKind != JsonValueKind.Object)
        {
            return new RepositoryAnswer { Question = part.Question, FirstPath = part.FirstPath, Error = _errors.DescribeRepository(alias, part.Question.Repository) };
        }

        // Looked up thousands of times, and JSON finds a member by going through all of them.
        var fields = FieldsOf(repository);
        var refs = new RefReader(this, alias, fields, part);
        var paths = part.Paths.Select((path, n) => ReadPath(refs, alias, fields, path, n)).ToList();
        return new RepositoryAnswer
        {
            Question = part.Question,
            FirstPath = part.FirstPath,
            Paths = paths,
            Containers = part.IsFirst ? ReadContainers(refs, fields, part.Question.Containers) : [],
            Facts = part is { IsFirst: true, Question.WithFacts: true } ? ReadFacts(fields) : null,
            RenamedTo = ReadNewName(fields, part.Question.Repository),
        };
    }

    /// <summary>The file that a question of <see cref="GraphQlQueryText.ForFiles"/> asked for: the first of its paths that is there.</summary>
    public FileReading ReadFile(int index, FileQuestion question)
    {
        var alias = $"r{index}";
        if (!_data.TryGetProperty(alias, out var repository) || repository.ValueKind != JsonValueKind.Object)
        {
            return new FileReading(File: null, _errors.DescribeRepository(alias, question.Repository));
        }

        var fields = FieldsOf(repository);
        for (var p = 0; p < question.Paths.Count; p++)
        {
            if (_errors.DescribeField(alias, $"f{p}", question.Repository) is { } error)
            {
                return new FileReading(File: null, error);
            }

            if (ReadBlob(fields, $"f{p}", question.Paths[p]) is { } file)
            {
                return new FileReading(file, Error: null);
            }
        }

        return FileReading.Missing;
    }

    private PathAnswer ReadPath(RefReader refs, string alias, Dictionary<string, JsonElement> fields, PathQuestion path, int n)
    {
        try
        {
            var resolved = refs.Resolve(path.Follows);
            if (resolved is not { } at)
            {
                return new PathAnswer();
            }

            _errors.ThrowIfUnknown(alias, $"p{n}{at.Letter}", refs.Repository);
            _errors.ThrowIfUnknown(alias, $"o{n}", refs.Repository);
            var objectId = ReadOid(fields, $"p{n}{at.Letter}");
            var baseId = path.BaseCommit is null ? null : ReadOid(fields, $"o{n}");
            return new PathAnswer
            {
                Commit = at.Commit,
                Tag = at.Letter == 't' ? path.Follows.Name : null,
                Exists = objectId is not null,
                ObjectId = objectId,
                BaseObjectId = baseId,
                Changed = baseId is not null ? objectId != baseId : refs.HasCommit(path.BaseCommit) ? true : null,
                Manifest = path.Manifest != ManifestDetail.None ? ReadManifest(refs, alias, fields, path, n, at.Letter) : null,
            };
        }
        catch (UpstreamException e)
        {
            return new PathAnswer { Error = e };
        }
    }

    private FileAnswer? ReadManifest(RefReader refs, string alias, Dictionary<string, JsonElement> fields, PathQuestion path, int n, char letter)
    {
        var file = 0;
        foreach (var manifest in path.ManifestPaths())
        {
            var field = $"m{n}{letter}{file++}";
            _errors.ThrowIfUnknown(alias, field, refs.Repository);
            if (ReadBlob(fields, field, manifest) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static List<ContainerAnswer> ReadContainers(RefReader refs, Dictionary<string, JsonElement> fields, IReadOnlyList<ContainerQuestion> containers)
    {
        var found = new List<ContainerAnswer>();
        for (var i = 0; i < containers.Count; i++)
        {
            var container = containers[i];
            if (refs.TryResolve(container.Follows) is { } at
                && fields.TryGetValue($"d{i}{at.Letter}", out var tree) && tree.ValueKind == JsonValueKind.Object
                && tree.TryGetProperty("entries", out var entries) && entries.ValueKind == JsonValueKind.Array)
            {
                found.Add(new ContainerAnswer(container, at.Commit, entries.EnumerateArray().Select(e => ReadEntry(container, e)).ToList()));
            }
        }

        return found;
    }

    private static TreeItem ReadEntry(ContainerQuestion container, JsonElement entry) => new(
        $"{container.Path}/{entry.GetProperty("name").GetString()}",
        entry.GetProperty("type").GetString() == "tree",
        entry.GetProperty("oid").GetString()!);

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

    private static FileAnswer? ReadBlob(Dictionary<string, JsonElement> fields, string field, string path) =>
        fields.TryGetValue(field, out var blob) && blob.ValueKind == JsonValueKind.Object && blob.GetProperty("__typename").GetString() == "Blob"
            ? new FileAnswer(path, blob.GetProperty("oid").GetString()!, blob.TryGetProperty("text", out var text) ? text.GetString() : null)
            : null;

    private static string? ReadOid(Dictionary<string, JsonElement> fields, string field) =>
        fields.TryGetValue(field, out var found) && found.ValueKind == JsonValueKind.Object ? found.GetProperty("oid").GetString() : null;

    private static string? NullIfEmpty(JsonElement text) => string.IsNullOrWhiteSpace(text.GetString()) ? null : text.GetString()!.Trim();

    /// <summary>Finds out what the refs of one share mean.</summary>
    private sealed class RefReader(GraphQlAnswerReader reader, string alias, Dictionary<string, JsonElement> fields, GraphQlPart part)
    {
        private readonly IReadOnlyList<RefSpec> _refs = GraphQlQueryText.NamedRefs(part);
        private readonly Dictionary<RefSpec, (char Letter, string Commit)?> _resolved = [];
        private readonly IReadOnlyList<string> _commits = GraphQlQueryText.BaseCommits(part);

        public RepositoryAddress Repository => part.Question.Repository;

        public (char Letter, string Commit)? TryResolve(RefSpec follows)
        {
            if (!_resolved.TryGetValue(follows, out var resolved))
            {
                _resolved[follows] = resolved = Find(follows);
            }

            return resolved;
        }

        private (char Letter, string Commit)? Find(RefSpec follows)
        {
            if (follows.IsLatest)
            {
                return Target(fields, "defaultBranchRef") is { } head ? ('l', head) : null;
            }

            var i = IndexOf(follows);
            if (Target(fields, $"t{i}") is { } tagged)
            {
                return ('t', tagged);
            }

            if (Target(fields, $"h{i}") is { } branch)
            {
                return ('h', branch);
            }

            return ReadOid(fields, $"c{i}") is { } commit && fields[$"c{i}"].GetProperty("__typename").GetString() == "Commit" ? ('c', commit) : null;
        }

        public (char Letter, string Commit)? Resolve(RefSpec follows)
        {
            var asked = follows.IsLatest ? ["defaultBranchRef"] : new[] { $"t{IndexOf(follows)}", $"h{IndexOf(follows)}", $"c{IndexOf(follows)}" };
            foreach (var field in asked)
            {
                reader._errors.ThrowIfUnknown(alias, field, Repository);
            }

            return TryResolve(follows);
        }

        public bool HasCommit(string? commit)
        {
            for (var i = 0; i < _commits.Count; i++)
            {
                if (_commits[i] == commit)
                {
                    return ReadOid(fields, $"b{i}") is not null;
                }
            }

            return false;
        }

        private int IndexOf(RefSpec follows)
        {
            for (var i = 0; i < _refs.Count; i++)
            {
                if (_refs[i] == follows)
                {
                    return i;
                }
            }

            return -1;
        }

        private static string? Target(Dictionary<string, JsonElement> fields, string field)
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

            return target.ValueKind == JsonValueKind.Object ? target.GetProperty("oid").GetString() : null;
        }
    }
}
