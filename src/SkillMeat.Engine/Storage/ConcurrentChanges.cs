using SkillMeat.Errors;

namespace SkillMeat.Storage;

/// <summary>
/// Retries work that another program interfered with. Locks only keep other processes of ours out: Python SkillMeat and text editors know no lock. If one of them wrote a file
/// meanwhile, the work is repeated from the new content.
/// </summary>
internal static class ConcurrentChanges
{
    /// <summary>The maximum number of attempts.</summary>
    public const int MaxAttempts = 5;

    /// <summary>Runs work, and repeats it as long as other programs change the files that it read.</summary>
    /// <param name="work">One attempt, which reads the current files.</param>
    /// <param name="cancellationToken">Cancels before the next attempt.</param>
    /// <exception cref="StorageException">The last attempt failed, or one failed for a reason other than <see cref="ErrorIds.ConcurrentChange"/>.</exception>
    public static T Retry<T>(Func<T> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return work();
            }
            catch (StorageException e) when (e.ErrorId == ErrorIds.ConcurrentChange && attempt < MaxAttempts)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }
}
