using System.Collections.Concurrent;

namespace SkillMeat.Upstream.GitHub;

/// <summary>Remembers for the time of a session which repositories are closed to the token, so that they are asked without it at once.</summary>
/// <param name="report">Told the reason, once for each owner.</param>
/// <remarks>Safe from several threads.</remarks>
internal sealed class TokenRefusals(Action<string> report)
{
    private readonly ConcurrentDictionary<RepositoryAddress, TokenRefusal> _ofRepository = new();
    private readonly ConcurrentDictionary<string, TokenRefusal> _ofOwner = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the token must not be shown for a repository.</summary>
    public bool IsRefused(RepositoryAddress repository) => Find(repository) is not null;

    /// <summary>Why the token is refused; null when it is not, as far as known.</summary>
    public TokenRefusal? Find(RepositoryAddress repository) =>
        repository.Kind != RepositoryKind.GitHub ? null
        : _ofRepository.TryGetValue(repository, out var refusal) || _ofOwner.TryGetValue(OwnerOf(repository), out refusal) ? refusal
        : null;

    /// <summary>Takes note of a refusal.</summary>
    public void Add(RepositoryAddress repository, TokenRefusal refusal)
    {
        _ofRepository[repository] = refusal;
        if (refusal.IsOfOwner)
        {
            _ofOwner[OwnerOf(repository)] = refusal;
        }

        if (_told.TryAdd(OwnerOf(repository), true))
        {
            report($"{repository.Owner}: the token is refused ({refusal}). What is public there is read without it.");
        }
    }

    private static string OwnerOf(RepositoryAddress repository) => $"{repository.Url!.Authority}/{repository.Owner}";
}
