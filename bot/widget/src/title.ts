// The page's title counts what is unread, and gets its own words back.
export class Title {
  private own?: string;

  show(unread: number): void {
    if (unread) {
      if (!/^\(\d+\) /.test(document.title)) this.own = document.title;
      document.title = `(${unread}) ${this.own}`;
    } else if (this.own !== undefined) {
      document.title = this.own;
      this.own = undefined;
    }
  }
}
