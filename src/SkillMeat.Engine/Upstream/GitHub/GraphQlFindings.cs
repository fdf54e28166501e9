using SkillMeat.Errors;

namespace SkillMeat.Upstream.GitHub;

/// <summary>
/// The answers about one repository so far. Queries are answered concurrently and in any order, and a large repository is distributed over several of
/// them.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class GraphQlFindings
{
    private readonly object _turn = new();
    private readonly Dictionary<GraphQlLookup, GraphQlFound> _found = [];
    private GraphQlShareAnswer? _header;
    private UpstreamException? _error;
    private TokenRefusal? _refusal;

    /// <summary>The answer about the repository itself; null until it arrives.</summary>
    public GraphQlShareAnswer? Header
    {
        get
        {
            lock (_turn)
            {
                return _header;
            }
        }
    }

    /// <summary>The error for the whole repository.</summary>
    public UpstreamException? Error
    {
        get
        {
            lock (_turn)
            {
                return _error;
            }
        }
    }

    /// <summary>The reason that the token is refused.</summary>
    public TokenRefusal? Refusal
    {
        get
        {
            lock (_turn)
            {
                return _refusal;
            }
        }
    }

    public GraphQlFound? Find(GraphQlLookup lookup)
    {
        lock (_turn)
        {
            return _found.GetValueOrDefault(lookup);
        }
    }

    /// <summary>Releases what was found.</summary>
    public void Forget()
    {
        lock (_turn)
        {
            _found.Clear();
            _found.TrimExcess();
            _header = null;
        }
    }

    public void Add(GraphQlShareAnswer answer)
    {
        lock (_turn)
        {
            _refusal ??= answer.Refusal;
            if (answer.Share.Header is not null)
            {
                _header = answer;
                _error = answer.Error;
            }

            for (var i = 0; i < answer.Share.Lookups.Count; i++)
            {
                _found[answer.Share.Lookups[i]] = answer.Error is { } error ? new GraphQlFound(Object: null, Head: null, error) : answer.Found[i];
            }
        }
    }
}
