namespace SkillMeat.Upstream.Http;

/// <summary>How many of git's requests are under way at one host: so many in all, and never so many waiting for objects that none can ask for refs.</summary>
internal sealed class GitSlots : IDisposable
{
    private readonly SemaphoreSlim _all;
    private readonly SemaphoreSlim _objects;

    public GitSlots(int most)
    {
        _all = new SemaphoreSlim(most);
        _objects = new SemaphoreSlim(most);
    }

    public async Task WaitAsync(HostRole role, CancellationToken cancellationToken)
    {
        if (role == HostRole.GitObjects) await _objects.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _all.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            if (role == HostRole.GitObjects) _objects.Release();
            throw;
        }
    }

    public void Release(HostRole role)
    {
        _all.Release();
        if (role == HostRole.GitObjects) _objects.Release();
    }

    public void Dispose()
    {
        _all.Dispose();
        _objects.Dispose();
    }
}
