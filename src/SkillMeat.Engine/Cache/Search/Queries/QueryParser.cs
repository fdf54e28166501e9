using SkillMeat.Collections;

namespace SkillMeat.Cache.Search.Queries;

/// <summary>Understands what the user typed. Every text means something.</summary>
internal sealed class QueryParser
{
    private const int MostGroups = 24;

    private static readonly HashSet<string> _fields = new(StringComparer.Ordinal) { "type", "tag", "author", "source", "name", "collection", "project", "stale" };

    private readonly List<QueryGroup> _groups = [];
    private readonly List<LiteralCondition> _literals = [];
    private readonly List<string> _signs = [];
    private readonly List<ArtifactType> _types = [];
    private readonly List<string> _tags = [];
    private readonly List<string> _collections = [];
    private readonly List<string> _projects = [];
    private readonly List<string> _hints = [];
    private bool? _isStale;

    private QueryParser()
    {
    }

    /// <summary>Parses a text.</summary>
    public static SearchQuery Parse(string text)
    {
        var parser = new QueryParser();
        foreach (var piece in TypedText.Split(text, _fields)) parser.Add(piece);
        return parser.Finish();
    }

    private SearchQuery Finish()
    {
        var groups = _groups.DistinctBy(group => group.Key).ToList();
        if (groups.Count > MostGroups) _hints.Add($"The text has more than {MostGroups} words, and no artifact is found by so many.");
        return new SearchQuery
        {
            Groups = groups,
            // Beside words, signs are punctuation.
            Literals = groups.Exists(group => group.Column is null) ? _literals : [.. _literals, .. _signs.Select(sign => new LiteralCondition(Column: null, sign))],
            Types = _types,
            Tags = _tags,
            Collections = _collections,
            Projects = _projects,
            IsStale = _isStale,
            Hints = _hints,
        };
    }

    private void Add(TypedPiece piece)
    {
        switch (piece.Field)
        {
            case null:
                if (QueryGroup.Of(column: null, piece.Value) is { } words) _groups.Add(words);
                else if (piece.Value.Trim().Length > 0) _signs.Add(piece.Value.Trim());
                break;
            case "type":
                foreach (var name in piece.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) AddType(name);
                break;
            case "tag":
                _tags.Add(piece.Value);
                break;
            case "collection":
                _collections.Add(piece.Value);
                break;
            case "project":
                _projects.Add(piece.Value);
                break;
            case "stale":
                AddStale(piece.Value);
                break;
            default:
                if (QueryGroup.Of(piece.Field, piece.Value) is { } inField) _groups.Add(inField);
                else _literals.Add(new LiteralCondition(piece.Field, piece.Value.Trim()));
                break;
        }
    }

    private void AddType(string name)
    {
        if (ArtifactType.TryParse(name, out var type)) _types.Add(type);
        else _hints.Add($"There is no type '{name}'. Types are {string.Join(", ", ArtifactType.All.Select(one => one.Name))}.");
    }

    private void AddStale(string value)
    {
        bool? wanted = value.ToLowerInvariant() switch
        {
            "yes" or "true" or "on" or "1" => true,
            "no" or "false" or "off" or "0" => false,
            _ => null,
        };
        if (wanted is null) _hints.Add($"'stale:{value}' is neither stale:yes nor stale:no.");
        else if (_isStale is { } before && before != wanted) _hints.Add("Nothing is both stale:yes and stale:no.");
        _isStale = wanted ?? _isStale;
    }
}
