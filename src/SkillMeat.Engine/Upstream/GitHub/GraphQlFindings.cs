using SkillMeat.Errors;

namespace SkillMeat.Upstream.GitHub;

/// <summary>All that is known of one repository so far. Queries are answered in any order and at the same time, and a large repository is spread over several.</summary>
/// <remarks>Safe from several threads.</remarks>
internal sealed class GraphQlFindings
{
    private readonly object _turn = new();
    private readonly Dictionary<GraphQlLookup, GraphQlFound> _found = [];
    private GraphQlShareAnswer? _header;
    private UpstreamException? _error;
    private TokenRefusal? _refusal;

    /// <summary>The answer that the repository itself gave; null as long as there is none.</summary>
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

    /// <summary>Why the repository as a whole could not be asked.</summary>
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

    /// <summary>Why the token is refused.</summary>
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
