using SkillMeat.Errors;

namespace SkillMeat.Storage;

/// <summary>
/// Other processes of ours are kept out by locks. The original and text editors know no lock: when one of them wrote while something was worked out, it is worked out again from what they
/// wrote.
/// </summary>
internal static class ConcurrentChanges
{
    /// <summary>How often something is worked out before it is given up.</summary>
    public const int MostAttempts = 5;

    /// <summary>Works something out and writes it, again while other programs change what it was worked out from.</summary>
    /// <param name="work">Does it once, from what is there then.</param>
    /// <param name="cancellationToken">Stops before the next attempt.</param>
    /// <exception cref="StorageException">The last attempt failed, or one of them for another reason than <see cref="ErrorIds.ConcurrentChange"/>.</exception>
    public static T Retry<T>(Func<T> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return work();
            }
            catch (StorageException e) when (e.ErrorId == ErrorIds.ConcurrentChange && attempt < MostAttempts)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }
}
