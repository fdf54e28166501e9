using System.Collections.Concurrent;

namespace SkillMeat.Upstream.GitHub;

/// <summary>Remembers for a session which repositories are closed to the token, so that they are queried without it.</summary>
/// <param name="report">Called with the reason, once for each owner.</param>
/// <remarks>Thread-safe.</remarks>
internal sealed class TokenRefusals(Action<string> report)
{
    private readonly ConcurrentDictionary<RepositoryAddress, TokenRefusal> _ofRepository = new();
    private readonly ConcurrentDictionary<string, TokenRefusal> _ofOwner = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a repository must be queried without the token.</summary>
    public bool IsRefused(RepositoryAddress repository) => Find(repository) is not null;

    /// <summary>Returns the reason that the token is refused, or null if no refusal is known.</summary>
    public TokenRefusal? Find(RepositoryAddress repository) =>
        repository.Kind != RepositoryKind.GitHub ? null
        : _ofRepository.TryGetValue(repository, out var refusal) || _ofOwner.TryGetValue(OwnerOf(repository), out refusal) ? refusal
        : null;

    /// <summary>Records a refusal.</summary>
    public void Add(RepositoryAddress repository, TokenRefusal refusal)
    {
        _ofRepository[repository] = refusal;
        if (refusal.IsOfOwner)
        {
            _ofOwner[OwnerOf(repository)] = refusal;
        }

        if (_told.TryAdd(OwnerOf(repository), true))
        {
            report($"{repository.Owner}: the token is refused ({refusal}). Public repositories are read without it.");
        }
    }

    private static string OwnerOf(RepositoryAddress repository) => $"{repository.Url!.Authority}/{repository.Owner}";
}
