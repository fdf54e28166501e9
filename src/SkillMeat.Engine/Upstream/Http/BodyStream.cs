namespace SkillMeat.Upstream.Http;

/// <summary>
/// A response body that separates transport errors from errors of the reader: a reset, truncation, damaged compression or stall becomes a <see
/// cref="TransientUpstreamException"/>, while an error such as a full disk is passed through unchanged.
/// </summary>
internal sealed class BodyStream : Stream
{
    private readonly Stream _inner;
    private readonly StallTimer _stall;
    private readonly Uri _host;
    private long _bytes;

    public BodyStream(Stream inner, StallTimer stall, Uri host)
    {
        _host = host;
        _inner = inner;
        _stall = stall;
    }

    /// <summary>The transport error, even if the reader threw a different exception; null if there was none.</summary>
    public TransientUpstreamException? Failure { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _bytes;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!cancellationToken.CanBeCanceled || cancellationToken == _stall.Token)
            return await ReadOnceAsync(buffer, _stall.Token).ConfigureAwait(false);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stall.Token);
        return await ReadOnceAsync(buffer, both.Token).ConfigureAwait(false);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Some decompressors and parsers only read synchronously; the stall timer must end their wait as well.
    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override int Read(Span<byte> buffer)
    {
        byte[] copy = new byte[buffer.Length];
        int read = Read(copy, 0, copy.Length);
        copy.AsSpan(0, read).CopyTo(buffer);
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>
    /// Reads the rest of the body, so that truncation after the reader's last byte is noticed and the connection can be reused. It stops after a
    /// limit, because a reader may have wanted only the beginning of a large body.
    /// </summary>
    public async Task DrainAsync()
    {
        byte[] rest = new byte[4096];
        for (int left = 64 * 1024; left > 0;)
        {
            int read = await ReadAsync(rest, CancellationToken.None).ConfigureAwait(false);
            if (read == 0) return;
            left -= read;
        }
    }

    private async ValueTask<int> ReadOnceAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_stall.IsOverdue) throw Failure = _stall.Overdue(null);
        _stall.Start();
        try
        {
            int read = await _inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            _bytes += read;
            _stall.Receive(read);
            return read;
        }
        catch (OperationCanceledException e) when (_stall.Expired)
        {
            throw Failure = _stall.IsOverdue ? _stall.Overdue(e) : new TransientUpstreamException($"the answer stalled for {_stall.Patience} after {_bytes} bytes", e) { IsStall = true };
        }
        catch (InvalidDataException e)
        {
            throw Failure = new TransientUpstreamException($"the compression of the answer is damaged after {_bytes} bytes", e);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw Failure = new TransientUpstreamException($"the answer broke off after {_bytes} bytes", e) { BrokenHttp2 = HttpVersions.IsBroken(e) ? _host : null };
        }
        finally
        {
            _stall.Stop();
        }
    }
}
