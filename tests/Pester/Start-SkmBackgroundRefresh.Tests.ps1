#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
# Start-, Get- and Stop-SkmBackgroundRefresh.
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat

    function Wait-Run {
        # Waits until the background refresh of a home has run.
        param([string] $Path, [int] $Runs = 1)

        Wait-Until -What "a run" -Condition { (Get-SkmBackgroundRefresh -SkillMeatHome $Path).Runs -ge $Runs }
        Get-SkmBackgroundRefresh -SkillMeatHome $Path
    }
}

Describe 'The background refresh of a session' {
    BeforeEach {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive "it's $([guid]::NewGuid())")
    }

    AfterEach {
        Stop-SkmBackgroundRefresh -SkillMeatHome $sample
    }

    It 'runs, says how it went, and stops' {
        (Get-SkmBackgroundRefresh -SkillMeatHome $sample).State | Should -Be 'Stopped'
        $started = Start-SkmBackgroundRefresh -SkillMeatHome $sample
        $started.State | Should -BeIn 'Running', 'Refreshing'
        $started.Interval | Should -Be ([timespan]::FromMinutes(5))

        $status = Wait-Run -Path $sample
        $status.State | Should -Be 'Running'
        $status.SuccessRate | Should -Be 1
        $status.ProcessId | Should -Be $PID
        $status.Problem | Should -BeNullOrEmpty
        ($status.NextRun - $status.LastRun).TotalSeconds | Should -BeGreaterThan 299
        $status.LastDuration | Should -BeGreaterThan ([timespan]::Zero)

        $stopped = Stop-SkmBackgroundRefresh -PassThru -SkillMeatHome $sample
        $stopped.State | Should -Be 'Stopped'
        $stopped.NextRun | Should -BeNullOrEmpty
        (Get-SkmBackgroundRefresh -SkillMeatHome $sample).State | Should -Be 'Stopped'
        (Get-SkmBackgroundRefresh -SkillMeatHome $sample).LastRun | Should -Be $status.LastRun
        Stop-SkmBackgroundRefresh -PassThru -SkillMeatHome $sample | Should -BeNullOrEmpty
    }

    It 'runs once for each home, whatever is started again' {
        $null = Start-SkmBackgroundRefresh -SkillMeatHome $sample
        $first = Wait-Run -Path $sample
        $again = Start-SkmBackgroundRefresh -SkillMeatHome $sample
        $again.Started | Should -Be $first.Started
        $again.Runs | Should -Be 1
        $warned = Start-SkmBackgroundRefresh -IntervalSec 7 -SkillMeatHome $sample -WarningVariable warnings -WarningAction SilentlyContinue
        $warned.Interval | Should -Be ([timespan]::FromMinutes(5))
        "$warnings" | Should -BeLike '*another interval*'

        $other = Copy-SampleHome -Path (Join-Path $TestDrive "other $([guid]::NewGuid())")
        $null = Start-SkmBackgroundRefresh -IntervalSec 60 -SkillMeatHome $other
        (Wait-Run -Path $other).Interval | Should -Be ([timespan]::FromMinutes(1))
        Stop-SkmBackgroundRefresh -SkillMeatHome $other
        (Get-SkmBackgroundRefresh -SkillMeatHome $sample).State | Should -Be 'Running'
    }

    It 'runs at intervals, and never changes the collection' {
        $before = Get-HomeState -Path (Join-Path $sample 'collections')
        $null = Start-SkmBackgroundRefresh -IntervalSec 1 -SkillMeatHome $sample
        (Wait-Run -Path $sample -Runs 3).SuccessRate | Should -Be 1
        Get-HomeState -Path (Join-Path $sample 'collections') | Should -Be $before
    }

    It 'takes its interval from the environment, and refuses a bad one' {
        $env:SKILLMEAT_REFRESH_INTERVAL = '2h'
        try {
            (Start-SkmBackgroundRefresh -SkillMeatHome $sample).Interval | Should -Be ([timespan]::FromHours(2))
            Stop-SkmBackgroundRefresh -SkillMeatHome $sample
            $env:SKILLMEAT_REFRESH_INTERVAL = 'often'
            $failure = Get-Failure { Start-SkmBackgroundRefresh -SkillMeatHome $sample }
            $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
            "$failure" | Should -BeLike "*SKILLMEAT_REFRESH_INTERVAL is 'often'*"
        }
        finally {
            $env:SKILLMEAT_REFRESH_INTERVAL = $null
        }
    }

    It 'does not start without a cache or a home' {
        $env:SKILLMEAT_CACHE = 'off'
        try {
            "$(Get-Failure { Start-SkmBackgroundRefresh -SkillMeatHome $sample })" | Should -BeLike '*switched off*'
            (Get-SkmBackgroundRefresh -SkillMeatHome $sample).State | Should -Be 'Stopped'
        }
        finally {
            $env:SKILLMEAT_CACHE = $null
        }

        (Get-Failure { Start-SkmBackgroundRefresh -SkillMeatHome (Join-Path $TestDrive 'none') }).FullyQualifiedErrorId | Should -BeLike 'HomeNotFound,*'
    }

    It 'is not started or stopped with -WhatIf' {
        Start-SkmBackgroundRefresh -SkillMeatHome $sample -WhatIf | Should -BeNullOrEmpty
        (Get-SkmBackgroundRefresh -SkillMeatHome $sample).State | Should -Be 'Stopped'
        Join-Path $sample 'cache' | Should -Not -Exist
        $null = Start-SkmBackgroundRefresh -SkillMeatHome $sample
        Stop-SkmBackgroundRefresh -SkillMeatHome $sample -WhatIf
        (Wait-Run -Path $sample).State | Should -Be 'Running'
    }

    It 'shows its errors in the status, and nowhere else' {
        Write-Text -Path (Join-Path $sample 'collections/default/collection.toml') -Text 'no toml'
        $null = Start-SkmBackgroundRefresh -SkillMeatHome $sample
        $status = Wait-Run -Path $sample
        $status.State | Should -Be 'BackingOff'
        $status.Problem | Should -BeLike '*collection.toml*'
        $status.SuccessRate | Should -Be 0
    }
}

Describe 'The end of a session' {
    BeforeEach {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive ([guid]::NewGuid()))
        $script:start = "Import-Module '$(Find-SkillMeat)'; `$null = Start-SkmBackgroundRefresh -IntervalSec 1 -SkillMeatHome '$sample'; Start-Sleep -Seconds 2"
    }

    It 'stops it, says nothing, and leaves the work to others' {
        $answer = Invoke-Pwsh -Command "$start; (Get-SkmBackgroundRefresh -SkillMeatHome '$sample').State"
        $answer.ErrorText | Should -BeNullOrEmpty
        $answer.Output | Should -BeIn 'Running', 'Refreshing'
        $status = Get-SkmBackgroundRefresh -SkillMeatHome $sample
        $status.State | Should -Be 'Stopped'
        $status.Runs | Should -BeGreaterThan 0
    }

    It 'is that of the module, too' {
        $answer = Invoke-Pwsh -Command "$start; Remove-Module SkillMeat; Import-Module '$(Find-SkillMeat)'; (Get-SkmBackgroundRefresh -SkillMeatHome '$sample').State"
        $answer.ErrorText | Should -BeNullOrEmpty
        $answer.Output | Should -Be 'Stopped'
    }

    It 'is that of a runspace, whose host goes on' {
        $state = [initialsessionstate]::CreateDefault2()
        $state.ImportPSModule((Find-SkillMeat))
        $shell = [powershell]::Create($state)
        $null = $shell.AddCommand('Start-SkmBackgroundRefresh').AddParameter('SkillMeatHome', $sample).Invoke()
        Wait-Until -What "a run" -Condition { (Get-SkmBackgroundRefresh -SkillMeatHome $sample).Runs -ge 1 }
        (Get-SkmBackgroundRefresh -SkillMeatHome $sample).State | Should -Be 'Running'
        $shell.Runspace.Dispose()
        $shell.Dispose()
        (Get-SkmBackgroundRefresh -SkillMeatHome $sample).State | Should -Be 'Stopped'
    }
}

Describe 'Another process' {
    It 'is waited for, and seen' {
        $sample = Copy-SampleHome -Path (Join-Path $TestDrive 'waiting')
        $null = Start-SkmBackgroundRefresh -SkillMeatHome $sample
        $null = Wait-Run -Path $sample
        $answer = Invoke-Pwsh -Command @"
            Import-Module '$(Find-SkillMeat)'
            Get-SkmBackgroundRefresh -SkillMeatHome '$sample' | ForEach-Object { "`$(`$_.State) `$(`$_.ProcessId)" }
            `$null = Start-SkmBackgroundRefresh -SkillMeatHome '$sample'
            Start-Sleep -Seconds 2
            Get-SkmBackgroundRefresh -SkillMeatHome '$sample' | ForEach-Object { "`$(`$_.State) `$(`$_.ProcessId) `$(`$_.Problem)" }
"@
        Stop-SkmBackgroundRefresh -SkillMeatHome $sample
        $answer.ErrorText | Should -BeNullOrEmpty
        $lines = $answer.Output -split '\r?\n'
        $lines[0] | Should -Be "Running $PID"
        $lines[1] | Should -BeLike "Waiting $PID Process $PID on * refreshes this home. Waiting until it ends."
    }
}
