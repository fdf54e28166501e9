#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
}

Describe 'Test-SkmUpstream' {
    BeforeAll {
        if (Find-TestProgram -Name LoopbackGitHub) {
            $script:gitHub = Initialize-GitHubHome -Path (Join-Path $TestDrive 'github')
            $script:server = Open-LoopbackGitHub -Folder $gitHub.Repositories
        }
    }

    AfterAll {
        Close-LoopbackGitHub -Server $server
        Connect-LoopbackGitHub
    }

    BeforeEach {
        if (-not $server) {
            Set-ItResult -Skipped -Because 'tests/LoopbackGitHub is not built'
        }
    }

    It 'says of each matter whether it is well, and writes nothing' {
        Connect-LoopbackGitHub -Server $server -Token $server.Token
        $before = Get-HomeState -Path $gitHub.Home
        $findings = Test-SkmUpstream -SkillMeatHome $gitHub.Home
        $findings[0].Host | Should -Be 'this computer'
        $findings[0].Check | Should -Be 'git'
        ($findings | Where-Object Check -EQ 'token').Message | Should -Be 'The token from SKILLMEAT_GITHUB_TOKEN is accepted.'
        ($findings | Where-Object Check -EQ 'git_refs').Status | Should -Be 'Ok'
        ($findings | Where-Object Status -EQ 'Error') | Should -BeNullOrEmpty
        Get-HomeState -Path $gitHub.Home | Should -Be $before
    }

    It 'takes the token as a SecureString and tells it to nobody' {
        Connect-LoopbackGitHub -Server $server
        $token = ConvertTo-SecureString -String $server.Token -AsPlainText -Force
        $said = Test-SkmUpstream -Token $token -SkillMeatHome $gitHub.Home -Verbose *>&1
        ($said | Out-String -Width 400) | Should -BeLike '*The token from -Token is accepted.*'
        ($said | Out-String -Width 400) | Should -Not -BeLike "*$($server.Token)*"
    }

    It 'finds a refused token' {
        Connect-LoopbackGitHub -Server $server -Token 'ghp_wrong'
        $finding = Test-SkmUpstream -SkillMeatHome $gitHub.Home | Where-Object Status -EQ 'Error'
        $finding.Check | Should -Be 'token'
        $finding.Message | Should -BeLike 'The token from SKILLMEAT_GITHUB_TOKEN was refused (401)*'
    }

    It 'finds folders that are gone' {
        Connect-LoopbackGitHub -Server $server
        $sample = Copy-SampleHome -Path (Join-Path $TestDrive 'sample')
        (Test-SkmUpstream -SkillMeatHome $sample | Where-Object Check -EQ 'folder').Status | Should -Be 'Ok'
        Remove-Item -LiteralPath (Join-Path $TestDrive 'sample/upstream') -Recurse
        (Test-SkmUpstream -SkillMeatHome $sample | Where-Object Check -EQ 'folder').Status | Should -Be 'Error'
    }

    It 'fails without a home' {
        { Test-SkmUpstream -SkillMeatHome (Join-Path $TestDrive 'none') } | Should -Throw -ErrorId 'HomeNotFound,*'
    }
}
